package dev.rollcall.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** What went wrong, as programs are told: {@code application/problem+json} of RFC 9457. */
public final class Problems {

  private static final JsonMapper JSON = new JsonMapper();

  private Problems() {}

  /**
   * A problem as an answer.
   *
   * @param detail one sentence: what is wrong, and the way out
   */
  public static ResponseEntity<ProblemDetail> answer(HttpStatus status, String detail) {
    return answer(ProblemDetail.forStatusAndDetail(status, detail));
  }

  /** A problem as an answer, with whatever was added to it. */
  public static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
    return ResponseEntity.status(problem.getStatus())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  /** Writes a problem where no controller answers. */
  public static void write(HttpServletResponse response, HttpStatus status, String detail)
      throws IOException {
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response
        .getOutputStream()
        .write(
            JSON.writeValueAsString(new Problem(status.getReasonPhrase(), status.value(), detail))
                .getBytes(StandardCharsets.UTF_8));
  }

  private record Problem(String title, int status, String detail) {}

  /**
   * Whether whoever asks is a browser that shows a page: programs ask below {@code /api}, or do not
   * name HTML.
   *
   * @param path the address that was asked for first
   */
  public static boolean wantsPage(HttpServletRequest request, String path) {
    String accept = Objects.requireNonNullElse(request.getHeader(HttpHeaders.ACCEPT), "");
    return accept.contains(MediaType.TEXT_HTML_VALUE) && !path.startsWith("/api/");
  }
}
