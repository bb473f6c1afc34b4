package dev.rollcall.web;

import dev.rollcall.intake.Answer;
import dev.rollcall.spi.Delivery;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/**
 * The address PeopleSoft Integration Broker sends messages to; its name is the one of the OIM
 * connector, so that a node only needs another host ({@code facts/oim-campus-connector.md §2}).
 */
@RestController
final class ListenerController {

  private static final Logger log = LoggerFactory.getLogger(ListenerController.class);

  private final WebParts parts;

  ListenerController(WebParts parts) {
    this.parts = parts;
  }

  @PostMapping({"/PeopleSoftOIMListener", "/PeopleSoftOIMListener/"})
  void receive(HttpServletRequest request, HttpServletResponse response) throws IOException {
    answer(response, receive(request));
  }

  /** Whoever looks at the address with a browser, or has set another method at the node. */
  @RequestMapping(
      path = {"/PeopleSoftOIMListener", "/PeopleSoftOIMListener/"},
      method = {
        RequestMethod.GET,
        RequestMethod.HEAD,
        RequestMethod.PUT,
        RequestMethod.PATCH,
        RequestMethod.DELETE
      })
  void refuse(HttpServletResponse response) throws IOException {
    response.setHeader("Allow", "POST");
    answer(response, new Answer(405, "Messages are taken by POST only", ""));
  }

  private Answer receive(HttpServletRequest request) {
    try {
      Delivery head = new Delivery(headers(request), new byte[0], Instant.now(parts.clock()));
      Optional<Answer> atOnce = parts.intake().withoutBody(head);
      if (atOnce.isPresent()) {
        return atOnce.get();
      }
      if (request.getContentLengthLong() > parts.maxMessageBytes()) {
        return tooLarge();
      }
      byte[] body =
          MessageBody.read(
              request.getInputStream(),
              request.getHeader("Content-Encoding"),
              parts.maxMessageBytes());
      return parts.intake().receive(new Delivery(head.headers(), body, Instant.now(parts.clock())));
    } catch (MessageBody.TooLarge tooLarge) {
      return tooLarge();
    } catch (MessageBody.UnknownEncoding unknown) {
      return new Answer(400, "The Content-Encoding is not known; gzip or deflate is", "");
    } catch (IOException broken) {
      log.warn("A message did not arrive whole: {}", broken.toString());
      return new Answer(400, "The message did not arrive whole", "");
    }
  }

  private Answer tooLarge() {
    return new Answer(413, "The message is larger than " + parts.maxMessageBytes() + " bytes", "");
  }

  private static Map<String, String> headers(HttpServletRequest request) {
    Map<String, String> headers = new HashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(name, request.getHeader(name));
    }
    return headers;
  }

  /** The form of Integration Broker's own acknowledgements. */
  private static void answer(HttpServletResponse response, Answer answer) throws IOException {
    String xml =
        "<?xml version=\"1.0\"?><IBResponse type=\"%s\"><DefaultTitle>%s</DefaultTitle>"
                .formatted(answer.success() ? "success" : "error", escape(answer.text()))
            + "<StatusCode>%d</StatusCode><TransactionID>%s</TransactionID></IBResponse>"
                .formatted(answer.success() ? 0 : answer.status(), escape(answer.transactionId()));
    byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
    response.setStatus(answer.status());
    response.setContentType("text/xml;charset=UTF-8");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  private static String escape(String text) {
    return HtmlUtils.htmlEscapeDecimal(text, "UTF-8");
  }
}
