package dev.rollcall.web;

import dev.rollcall.db.FaultText;
import dev.rollcall.intake.Answer;
import dev.rollcall.spi.Delivery;
import dev.rollcall.spi.RefusedDelivery;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
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
    Reply reply = receive(request);
    ListenerAnswer.write(response, reply.form(), reply.answer(), Instant.now(parts.clock()));
  }

  /** An answer, and the form in which the sender understands it. */
  private record Reply(MessageForm form, Answer answer) {}

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
    ListenerAnswer.write(
        response,
        MessageForm.BARE,
        new Answer(405, "Messages are taken by POST only", ""),
        Instant.now(parts.clock()));
  }

  private Reply receive(HttpServletRequest request) {
    MessageForm form = MessageForm.BARE;
    try {
      Delivery head =
          new Delivery(
              headers(request), new byte[0], Instant.now(parts.clock()), request.getRemoteAddr());
      Optional<Answer> atOnce = parts.intake().withoutBody(head);
      if (atOnce.isPresent()) {
        return new Reply(form, atOnce.get());
      }
      if (request.getContentLengthLong() > parts.maxMessageBytes()) {
        return new Reply(form, tooLarge());
      }
      try (BufferedInputStream plain =
          MessageBody.open(request.getInputStream(), request.getHeader("Content-Encoding"))) {
        form =
            MessageForm.of(
                request.getContentType(), MessageBody.beginning(plain, MessageForm.BEGINNING));
        return new Reply(form, receive(head, form, plain));
      }
    } catch (MessageBody.TooLarge tooLarge) {
      return new Reply(form, tooLarge());
    } catch (MessageBody.UnknownEncoding unknown) {
      return new Reply(
          form, new Answer(400, "The Content-Encoding is not known; gzip or deflate is", ""));
    } catch (IOException broken) {
      log.warn("A message did not arrive whole: {}", FaultText.of(broken));
      return new Reply(form, new Answer(400, "The message did not arrive whole", ""));
    }
  }

  private Answer receive(Delivery head, MessageForm form, InputStream plain) throws IOException {
    if (form == MessageForm.BARE) {
      boolean letIn = head.header(parts.intake().itResourceHeader()).isPresent();
      byte[] body = letIn ? MessageBody.rest(plain, parts.maxMessageBytes()) : new byte[0];
      return parts.intake().receive(new Delivery(head.headers(), body, arrived(), head.from()));
    }
    byte[] body = MessageBody.rest(plain, parts.maxMessageBytes());
    Delivery whole = new Delivery(head.headers(), new byte[0], arrived(), head.from());
    try {
      Unwrapped message =
          Unwrapped.of(
              form,
              head.header("Content-Type").orElse(null),
              body,
              parts.intake().itResourceHeader(),
              parts.maxMessageBytes());
      return parts.intake().receive(message.asDelivery(whole));
    } catch (RefusedDelivery refused) {
      return parts.intake().refuse(whole, refused);
    }
  }

  private Instant arrived() {
    return Instant.now(parts.clock());
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
}
