package dev.rollcall.web;

import dev.rollcall.intake.Answer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.springframework.web.util.HtmlUtils;

/** Tells a sender what became of its message, in the form in which it sent it. */
final class ListenerAnswer {

  /** No XML holds it at the beginning of a line. */
  private static final String BOUNDARY = "----=_Part_0_Rollcall";

  /** Message set and number of "Integration Broker Response" ({@code facts/peoplesoft.md §4.3}). */
  private static final int MESSAGE_SET = 158;

  private static final int RESPONSE = 10_000;

  /** What a gateway was seen to answer when it failed; no other code has been seen. */
  private static final int GATEWAY_STATUS = 20;

  private static final int GATEWAY_ERROR = 10_408;

  private ListenerAnswer() {}

  static void write(HttpServletResponse response, MessageForm form, Answer answer, Instant now)
      throws IOException {
    boolean mime = form == MessageForm.MIME;
    String text = mime ? mime(answer, now) : ibResponse(answer);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    response.setStatus(answer.status());
    if (answer.status() == HttpServletResponse.SC_UNAUTHORIZED) {
      response.setHeader("WWW-Authenticate", "Basic realm=\"Rollcall\", charset=\"UTF-8\"");
    }
    response.setContentType(mime ? "text/plain;charset=UTF-8" : "text/xml;charset=UTF-8");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  /** The form of Integration Broker's own acknowledgements. */
  private static String ibResponse(Answer answer) {
    return "<?xml version=\"1.0\"?><IBResponse type=\"%s\"><DefaultTitle>%s</DefaultTitle>"
            .formatted(answer.success() ? "success" : "error", escape(answer.text()))
        + "<StatusCode>%d</StatusCode><TransactionID>%s</TransactionID></IBResponse>"
            .formatted(answer.success() ? 0 : answer.status(), escape(answer.transactionId()));
  }

  /** The form gateways answer each other in: a whole MIME message as the body, headers and all. */
  private static String mime(Answer answer, Instant now) {
    String info =
        "<?xml version=\"1.0\"?><IBInfo><Status><StatusCode>%d</StatusCode><MsgSet>%d</MsgSet>"
                .formatted(answer.success() ? 0 : GATEWAY_STATUS, MESSAGE_SET)
            + "<MsgID>%d</MsgID><DefaultTitle>%s</DefaultTitle></Status></IBInfo>"
                .formatted(answer.success() ? RESPONSE : GATEWAY_ERROR, escape(answer.text()));
    return String.join(
        "\r\n",
        "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)),
        "Mime-Version: 1.0",
        "Content-Type: multipart/related; boundary=\"" + BOUNDARY + "\"",
        "Content-ID: PeopleSoft-Integration-Broker-Internal-Mime-Message",
        "",
        "--" + BOUNDARY,
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        "Content-Disposition: inline",
        "Content-ID: IBInfo",
        "",
        info,
        "--" + BOUNDARY + "--",
        "");
  }

  private static String escape(String text) {
    return HtmlUtils.htmlEscapeDecimal(text, "UTF-8");
  }
}
