package dev.rollcall.simulators.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.simulators.http.WireAnswer.Delivery;
import dev.rollcall.simulators.http.WireAnswer.Header;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WireServerTest {
  private final WireServer server;
  private final int port;
  private final CompletableFuture<Thread> closing = new CompletableFuture<>();
  private volatile Delivery delivery = Delivery.WHOLE;
  private volatile Runnable onRequest = () -> {};

  WireServerTest() throws IOException {
    server = WireServer.start(0, this::answer);
    port = server.address().getPort();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void severalRequestsComeOverOneConnection() throws IOException {
    String answers =
        talk(
            "GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\nConnection: Close\r\n\r\nGET /c HTTP/1.1\r\n\r\n");

    assertThat(answers)
        .contains("GET /a []", "GET /b []", "connection: close")
        .doesNotContain("/c");
  }

  @Test
  void aHeaderMayHaveTwoLinesAndTheDateIsTheHandlers() throws IOException {
    assertThat(talk("GET / HTTP/1.0\r\n\r\n"))
        .contains("link: one\r\nlink: two\r\n", "date: never\r\n")
        .containsOnlyOnce("date:");
  }

  @Test
  void aBodyComesInOnePieceOrInMany() throws IOException {
    assertThat(talk("POST / HTTP/1.0\r\ncontent-LENGTH: 4\r\n\r\n\u00e9!x")).contains("[\u00e9!x]");
    assertThat(
            talk(
                "POST / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\nConnection: close\r\n\r\n"
                    + "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"))
        .contains("[abcde]");
  }

  @Test
  void whoeverWaitsToBeAskedForTheBodyIsAsked() throws IOException {
    assertThat(talk("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx"))
        .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 ");
  }

  @Test
  void whatIsNoRequestIsRefused() throws IOException {
    assertThat(talk("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(talk("POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(talk("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n")).isEmpty();
  }

  @Test
  void anAnswerCanEndInTheMiddleOrNeverBegin() throws IOException {
    delivery = Delivery.HALF;
    assertThat(talk("GET /abc HTTP/1.1\r\n\r\n"))
        .contains("content-length: 11")
        .endsWith("\r\n\r\nGET /");
    delivery = Delivery.NOTHING;
    assertThat(talk("GET /abc HTTP/1.1\r\n\r\n")).isEmpty();
  }

  @Test
  void whoeverEndsTheServerIsStillAnswered() throws Exception {
    onRequest =
        () -> {
          closing.complete(Thread.startVirtualThread(server::close));
          await().until(this::listensNoMore);
        };

    assertThat(talk("GET /stop HTTP/1.1\r\n\r\n")).contains("GET /stop []");
    closing.get().join();
  }

  private boolean listensNoMore() {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      return !socket.isConnected();
    } catch (IOException e) {
      return true;
    }
  }

  private WireAnswer answer(WireRequest request) {
    onRequest.run();
    return new WireAnswer(
        200,
        List.of(new Header("date", "never"), new Header("link", "one"), new Header("link", "two")),
        request.method() + " " + request.target() + " [" + request.body() + "]",
        delivery);
  }

  private String talk(String request) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.ofLiteral("127.0.0.1"), server.address().getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
