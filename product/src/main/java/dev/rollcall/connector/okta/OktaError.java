package dev.rollcall.connector.okta;

import dev.rollcall.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Okta says when it refuses ({@code facts/okta.md §3}): its own envelope, or OAuth's, which
 * may stand in a header while the body is empty.
 *
 * @param code of Okta, or of OAuth; empty when it says none, as when somebody else answered
 * @param summary in words; what came instead when there is none
 * @param causes what exactly is wrong, often about one field each
 * @param errorId under which Okta keeps it, null when it says none
 * @param requestId by which Okta's log knows the call, null when it says none
 */
public record OktaError(
    int status,
    String code,
    String summary,
    List<String> causes,
    @Nullable String errorId,
    @Nullable String requestId) {

  private static final int LONGEST_BODY = 1_000;
  private static final Pattern CODE = Pattern.compile("\\berror=\"([^\"]*)\"");
  private static final Pattern DESCRIPTION = Pattern.compile("error_description=\"([^\"]*)\"");

  public OktaError {
    causes = List.copyOf(causes);
  }

  /** Reads it from an answer without success. */
  public static OktaError of(Exchange answer) {
    String requestId = OktaHeaders.requestId(answer.headers());
    JsonNode body = tree(answer.body());
    if (body.path("errorCode").isString()) {
      List<String> causes = new ArrayList<>();
      for (JsonNode cause : body.path("errorCauses")) {
        causes.add(cause.path("errorSummary").asString(""));
      }
      String errorId = body.path("errorId").asString("");
      return new OktaError(
          answer.status(),
          body.path("errorCode").asString(""),
          body.path("errorSummary").asString(""),
          causes,
          errorId.isEmpty() ? null : errorId,
          requestId);
    }
    if (body.path("error").isString()) {
      return new OktaError(
          answer.status(),
          body.path("error").asString(""),
          body.path("error_description").asString(""),
          List.of(),
          null,
          requestId);
    }
    String challenge = answer.headers().getOrDefault("www-authenticate", "");
    Matcher code = CODE.matcher(challenge);
    Matcher description = DESCRIPTION.matcher(challenge);
    boolean described = description.find();
    return new OktaError(
        answer.status(),
        code.find() ? code.group(1) : "",
        described ? description.group(1) : shortened(answer.body()),
        List.of(),
        null,
        requestId);
  }

  /** All of it, in one line. */
  public String text() {
    StringBuilder text = new StringBuilder("HTTP " + status);
    if (!code.isEmpty()) {
      text.append(' ').append(code);
    }
    text.append(summary.isEmpty() ? " with an empty body" : " " + summary);
    if (!causes.isEmpty()) {
      text.append(" (").append(String.join("; ", causes)).append(')');
    }
    if (requestId != null) {
      text.append(" [request ").append(requestId);
      text.append(errorId == null ? "]" : ", error " + errorId + "]");
    }
    return text.toString().replaceAll("\\s+", " ");
  }

  private static JsonNode tree(String body) {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException other) {
      return JsonMapper.shared().missingNode();
    }
  }

  private static String shortened(String body) {
    String line = body.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_BODY ? line : line.substring(0, LONGEST_BODY) + "...";
  }
}
