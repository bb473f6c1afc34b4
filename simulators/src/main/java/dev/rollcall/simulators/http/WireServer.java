package dev.rollcall.simulators.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A small HTTP/1.1 server on plain sockets, because only so an answer can carry the date its
 * handler wants, two lines of one header, or end in the middle. Each connection has a virtual
 * thread; requests of one connection are answered in order.
 */
public final class WireServer implements AutoCloseable {
  /** Answers one request; may take its time. */
  @FunctionalInterface
  public interface Handler {
    WireAnswer handle(WireRequest request);
  }

  private static final System.Logger LOG = System.getLogger(WireServer.class.getName());
  private static final int MAX_HEAD = 65_536;
  private static final int MAX_BODY = 16_777_216;
  private static final int MAX_UNDERWAY = 100_000;

  private final ServerSocket server;
  private final Handler handler;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Semaphore underway = new Semaphore(MAX_UNDERWAY);
  private volatile boolean closed;

  private WireServer(ServerSocket server, Handler handler) {
    this.server = server;
    this.handler = handler;
  }

  /**
   * Listens on the loopback address; port 0 takes a free one.
   *
   * @throws IOException when the port is taken
   */
  public static WireServer start(int port, Handler handler) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 1024);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    WireServer wire = new WireServer(socket, handler);
    Thread.ofVirtual().name("wire-server").start(wire::accept);
    return wire;
  }

  /** Where it listens. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** Stops listening, waits a second for what is under way, and cuts what is left of it. */
  @Override
  public void close() {
    closed = true;
    try {
      server.close();
      awaitAnswers();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("a socket would not close", e);
    }
  }

  private void awaitAnswers() {
    try {
      if (!underway.tryAcquire(MAX_UNDERWAY, 1, TimeUnit.SECONDS)) {
        LOG.log(System.Logger.Level.DEBUG, "some requests are cut");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() {
    while (!closed) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.startVirtualThread(() -> serve(socket));
      } catch (IOException e) {
        if (!closed) {
          LOG.log(System.Logger.Level.WARNING, "a connection could not be taken", e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      boolean more = true;
      while (more && !closed) {
        more = exchange(in, out);
      }
    } catch (SocketException e) {
      LOG.log(System.Logger.Level.DEBUG, "the other side went away", e);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection broke off", e);
    } finally {
      open.remove(socket);
    }
  }

  /** One request and its answer; false when the connection ends with it. */
  private boolean exchange(InputStream in, OutputStream out) throws IOException {
    String[] start = line(in).split(" ", -1);
    if (start.length == 1 && start[0].isEmpty()) {
      return false;
    }
    if (start.length != 3) {
      write(out, WireAnswer.plain(400, "not an HTTP request"), false);
      return false;
    }
    Map<String, List<String>> headers = headers(in);
    boolean keep = !start[2].equals("HTTP/1.0") && !says(headers, "connection", "close");
    if (headers.containsKey("expect")) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    byte[] body;
    try {
      body = body(in, headers);
    } catch (NumberFormatException e) {
      write(out, WireAnswer.plain(400, "no readable length"), false);
      return false;
    }
    underway.acquireUninterruptibly();
    try {
      String text = new String(body, StandardCharsets.UTF_8);
      return deliver(out, handler.handle(new WireRequest(start[0], start[1], headers, text)), keep);
    } finally {
      underway.release();
    }
  }

  /** Sends as much of an answer as it wants; false when the connection ends with it. */
  private static boolean deliver(OutputStream out, WireAnswer answer, boolean keep)
      throws IOException {
    return switch (answer.delivery()) {
      case WHOLE -> {
        write(out, answer, keep);
        yield keep;
      }
      case HALF -> {
        byte[] whole = answer.body().getBytes(StandardCharsets.UTF_8);
        out.write(head(answer, whole.length, false));
        out.write(whole, 0, whole.length / 2);
        yield false;
      }
      case NOTHING -> false;
    };
  }

  private static void write(OutputStream out, WireAnswer answer, boolean keep) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream whole = new ByteArrayOutputStream(body.length + 1_024);
    whole.write(head(answer, body.length, keep));
    whole.write(body);
    out.write(whole.toByteArray());
    out.flush();
  }

  private static byte[] head(WireAnswer answer, int length, boolean keep) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " \r\n");
    for (WireAnswer.Header header : answer.headers()) {
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    if (answer.status() != 204) {
      head.append("content-length: ").append(length).append("\r\n");
    }
    head.append("connection: ").append(keep ? "keep-alive" : "close").append("\r\n\r\n");
    return head.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Map<String, List<String>> headers(InputStream in) throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      length += line.length();
      if (length > MAX_HEAD) {
        throw new IOException("the head of a request is larger than " + MAX_HEAD);
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers
            .computeIfAbsent(
                line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                name -> new ArrayList<>())
            .add(line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  private static boolean says(Map<String, List<String>> headers, String name, String word) {
    return headers.getOrDefault(name, List.of()).stream()
        .anyMatch(line -> line.toLowerCase(Locale.ROOT).contains(word));
  }

  private static byte[] body(InputStream in, Map<String, List<String>> headers) throws IOException {
    if (says(headers, "transfer-encoding", "chunked")) {
      return chunks(in);
    }
    List<String> length = headers.getOrDefault("content-length", List.of("0"));
    return exactly(in, Integer.parseInt(length.getFirst()));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
      whole.write(exactly(in, size));
      line(in);
      if (whole.size() > MAX_BODY) {
        throw new IOException("the body of a request is larger than " + MAX_BODY);
      }
    }
    headers(in);
    return whole.toByteArray();
  }

  private static int chunkSize(InputStream in) throws IOException {
    return Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    if (length < 0 || length > MAX_BODY) {
      throw new IOException("a body of " + length + " bytes is not taken");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("the request ended early");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n' && next >= 0; next = in.read()) {
      if (line.length() > MAX_HEAD) {
        throw new IOException("a line is longer than " + MAX_HEAD);
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
