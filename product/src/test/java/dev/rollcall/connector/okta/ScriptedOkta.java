package dev.rollcall.connector.okta;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.testing.OktaDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A server that answers as it was told and keeps what it was sent. It knows nothing of Okta. */
public final class ScriptedOkta implements AutoCloseable {

  /**
   * A request as it came.
   *
   * @param path as on the wire, encoded
   * @param headers by lower-case name
   */
  public record Sent(
      String method,
      String path,
      @Nullable String query,
      Map<String, String> headers,
      String body) {

    /** Method, path and query. */
    public String line() {
      return asked().line();
    }

    public OktaDescription.Asked asked() {
      return new OktaDescription.Asked(method, path, query, body);
    }
  }

  /** What is answered. */
  public sealed interface Answer {
    /** A whole answer; a header may have several lines. */
    record Whole(int status, Map<String, List<String>> headers, String body) implements Answer {}

    /** The connection ends in the middle of the body. */
    record Half(String body) implements Answer {}

    /** The connection ends without an answer. */
    record None() implements Answer {}

    /** Nothing comes until the server is closed. */
    record Silence() implements Answer {}
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, Deque<Answer>> script = new LinkedHashMap<>();
  private final List<Sent> sent = new ArrayList<>();

  public ScriptedOkta() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  public static Answer says(int status, String body) {
    return new Answer.Whole(status, Map.of(), body);
  }

  public static Answer says(int status, String body, String... headers) {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      lines.computeIfAbsent(headers[i], name -> new ArrayList<>()).add(headers[i + 1]);
    }
    return new Answer.Whole(status, lines, body);
  }

  /** Okta's envelope of an error. */
  public static Answer error(int status, String code, String summary, String... causes) {
    List<String> told = new ArrayList<>();
    for (String cause : causes) {
      told.add("{\"errorSummary\":\"" + cause + "\"}");
    }
    return says(
        status,
        "{\"errorCode\":\"%s\",\"errorSummary\":\"%s\",\"errorLink\":\"%s\",\"errorId\":\"oaeXLBDOHiOSPK_cztr6YyG8Q\",\"errorCauses\":[%s]}"
            .formatted(code, summary, code, String.join(",", told)),
        "X-Okta-Request-Id",
        "reqX");
  }

  public static Answer notFound() {
    return error(404, "E0000007", "Not found: Resource not found: x (User)");
  }

  /**
   * Says what to answer.
   *
   * @param request method and path
   * @param answers in order; the last is given again and again
   */
  public void on(String request, Answer... answers) {
    synchronized (sent) {
      script.put(request, new ArrayDeque<>(List.of(answers)));
    }
  }

  public List<Sent> sent() {
    synchronized (sent) {
      return List.copyOf(sent);
    }
  }

  /** Method, path and query of what was sent, in order. */
  public List<String> lines() {
    return sent().stream().map(Sent::line).toList();
  }

  public Sent last() {
    return sent().getLast();
  }

  /** Forgets what was sent. */
  public void forget() {
    synchronized (sent) {
      sent.clear();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getLast()));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    URI uri = exchange.getRequestURI();
    Sent request =
        new Sent(exchange.getRequestMethod(), uri.getRawPath(), uri.getRawQuery(), headers, body);
    answer(exchange, next(request));
  }

  private Answer next(Sent request) {
    synchronized (sent) {
      sent.add(request);
      Deque<Answer> answers = script.get(request.method() + " " + request.path());
      if (answers == null) {
        return says(418, "nobody said what to answer to " + request.line());
      }
      return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
    }
  }

  private void answer(HttpExchange exchange, Answer answer) throws IOException {
    switch (answer) {
      case Answer.Whole(int status, var headers, String body) -> {
        headers.forEach((name, lines) -> exchange.getResponseHeaders().put(name, lines));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
          exchange.getResponseBody().write(bytes);
        }
      }
      case Answer.Half(String body) -> {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
        exchange.getResponseBody().flush();
      }
      case Answer.None _ -> {
        // Closed below.
      }
      case Answer.Silence _ -> waitForTheEnd();
    }
    exchange.close();
  }

  private void waitForTheEnd() {
    try {
      closed.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
