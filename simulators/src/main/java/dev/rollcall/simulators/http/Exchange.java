package dev.rollcall.simulators.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocketFactory;

/**
 * Posts over a plain socket, one connection per request, because only so can a request be cut at an
 * exact byte. Safe for many threads; {@link #close} cuts what is under way.
 */
public final class Exchange implements AutoCloseable {
  private interface Writing {
    void run() throws IOException;
  }

  private static final System.Logger LOG = System.getLogger(Exchange.class.getName());
  private static final int PIECES = 20;

  private final Duration slowBody;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Opens nothing yet.
   *
   * @param slowBody how long a {@link Break#SLOW_BODY} takes from first to last byte
   */
  public Exchange(Duration slowBody) {
    this.slowBody = slowBody;
  }

  public Outcome post(
      URI url, Map<String, String> headers, byte[] body, Break broken, Duration timeout) {
    Socket socket;
    try {
      socket = connect(url, timeout);
    } catch (IOException e) {
      return new Outcome.Unreachable(e.toString());
    }
    open.add(socket);
    try (socket) {
      if (closed) {
        return new Outcome.Lost("the simulator is closing");
      }
      socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
      return talk(socket, head(url, headers, body.length), body, broken);
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return new Outcome.Lost("no readable answer: " + e);
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Socket socket : open) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new IllegalStateException("a socket would not close", e);
      }
    }
  }

  private Outcome talk(Socket socket, byte[] head, byte[] body, Break broken) throws IOException {
    OutputStream out = socket.getOutputStream();
    switch (broken) {
      case NONE -> tell(() -> writeWhole(out, head, body));
      case SLOW_BODY -> tell(() -> drip(out, head, body));
      case HALF_BODY -> {
        out.write(head);
        out.write(body, 0, body.length / 2);
        return new Outcome.Lost("closed on purpose in the middle of the body");
      }
      case LOST_ANSWER -> {
        writeWhole(out, head, body);
        return new Outcome.Lost("closed on purpose before the answer");
      }
    }
    return answer(new BufferedInputStream(socket.getInputStream()));
  }

  /** A refusal may come before the body is through: then it is the answer that counts. */
  private static void tell(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the other side stopped listening", e);
    }
  }

  private static void writeWhole(OutputStream out, byte[] head, byte[] body) throws IOException {
    byte[] whole = new byte[head.length + body.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    out.write(whole);
  }

  private void drip(OutputStream out, byte[] head, byte[] body) throws IOException {
    out.write(head);
    int piece = Math.max(1, body.length / PIECES);
    for (int from = 0; from < body.length; from += piece) {
      LockSupport.parkNanos(slowBody.toNanos() / PIECES);
      out.write(body, from, Math.min(piece, body.length - from));
    }
  }

  private static Socket connect(URI url, Duration timeout) throws IOException {
    boolean secure = "https".equals(url.getScheme());
    int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
    Socket plain = new Socket();
    try {
      plain.setTcpNoDelay(true);
      plain.connect(
          new InetSocketAddress(url.getHost(), port), Math.toIntExact(timeout.toMillis()));
      return secure
          ? ((SSLSocketFactory) SSLSocketFactory.getDefault())
              .createSocket(plain, url.getHost(), port, true)
          : plain;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private static String port(URI url) {
    return url.getPort() < 0 ? "" : ":" + url.getPort();
  }

  private static byte[] head(URI url, Map<String, String> headers, int length) {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    StringBuilder head = new StringBuilder("POST " + path + query + " HTTP/1.1\r\n");
    head.append("Host: ").append(url.getHost()).append(port(url)).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("Content-Length: ").append(length).append("\r\nConnection: close\r\n\r\n");
    return head.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Outcome answer(InputStream in) throws IOException {
    String[] statusLine = line(in).split(" ", 3);
    int status = Integer.parseInt(statusLine[1]);
    long length = -1;
    boolean chunked = false;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String[] parts = header.split(":", 2);
      if (parts[0].equalsIgnoreCase("Content-Length")) {
        length = Long.parseLong(parts[1].strip());
      } else if (parts[0].equalsIgnoreCase("Transfer-Encoding")) {
        chunked = parts[1].strip().equalsIgnoreCase("chunked");
      }
    }
    byte[] body = chunked ? chunks(in) : length >= 0 ? exactly(in, length) : in.readAllBytes();
    return new Outcome.Answered(status, new String(body, StandardCharsets.UTF_8));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    var whole = new ByteArrayOutputStream();
    for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
      whole.write(exactly(in, size));
      line(in);
    }
    return whole.toByteArray();
  }

  private static int chunkSize(InputStream in) throws IOException {
    return Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
  }

  private static byte[] exactly(InputStream in, long length) throws IOException {
    byte[] bytes = in.readNBytes(Math.toIntExact(length));
    if (bytes.length < length) {
      throw new EOFException("the answer ended early");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection was closed before the answer was complete");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
