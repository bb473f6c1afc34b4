package dev.rollcall.simulators.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** A listener over real HTTP that remembers what it got and answers as it is told. */
public final class RecordingListener implements AutoCloseable {
  public static final String SUCCESS =
      "<IBResponse type=\"success\"><StatusCode>0</StatusCode></IBResponse>";

  /** One whole request; the body is unpacked. */
  public record Received(Map<String, String> headers, String body) {
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }

    public String emplid() {
      return body.replaceFirst("(?s).*?<EMPLID[^>]*>([^<]*)</EMPLID>.*", "$1");
    }
  }

  private static final int WIDE_OPEN = 1_000_000;

  private record Answer(int status, String body) {}

  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final AtomicInteger broken = new AtomicInteger();
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger mostInside = new AtomicInteger();
  private volatile Semaphore gate = new Semaphore(WIDE_OPEN);

  private RecordingListener(HttpServer server) {
    this.server = server;
  }

  public static RecordingListener start() {
    return start(0);
  }

  public static RecordingListener start(int port) {
    try {
      InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
      HttpServer http = HttpServer.create(new InetSocketAddress(loopback, port), 0);
      RecordingListener listener = new RecordingListener(http);
      http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      http.createContext("/PeopleSoftOIMListener", listener::serve);
      http.start();
      return listener;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port() + "/PeopleSoftOIMListener");
  }

  /** Answers the next request so; without such orders every answer is success. */
  public void answerNext(int status, String body) {
    answers.add(new Answer(status, body));
  }

  /** Holds all requests inside until {@link #open}. */
  public void holdBack() {
    gate = new Semaphore(0);
  }

  public void open() {
    gate.release(WIDE_OPEN);
  }

  /** Everything but pings, in order of arrival. */
  public List<Received> messages() {
    return received.stream().filter(one -> !one.header("OperationType").equals("ping")).toList();
  }

  public List<Received> pings() {
    return received.stream().filter(one -> one.header("OperationType").equals("ping")).toList();
  }

  /** How many requests ended before their body did. */
  public int broken() {
    return broken.get();
  }

  public int inside() {
    return inside.get();
  }

  public int mostInside() {
    return mostInside.get();
  }

  @Override
  public void close() {
    open();
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
      String body = body(exchange, headers.getOrDefault("Content-Encoding", ""));
      received.add(new Received(headers, body));
      mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
      gate.acquireUninterruptibly();
      inside.decrementAndGet();
      Answer answer = answers.poll();
      reply(exchange, answer == null ? new Answer(200, SUCCESS) : answer);
    }
  }

  private String body(HttpExchange exchange, String encoding) throws IOException {
    byte[] bytes;
    try {
      bytes = exchange.getRequestBody().readAllBytes();
    } catch (IOException e) {
      broken.incrementAndGet();
      throw e;
    }
    InputStream raw = new ByteArrayInputStream(bytes);
    try (InputStream in =
        switch (encoding) {
          case "gzip" -> new GZIPInputStream(raw);
          case "deflate" -> new InflaterInputStream(raw);
          default -> raw;
        }) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void reply(HttpExchange exchange, Answer answer) throws IOException {
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
