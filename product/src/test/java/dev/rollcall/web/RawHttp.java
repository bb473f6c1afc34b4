package dev.rollcall.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** HTTP written byte by byte, so that what no decent client sends can be sent too. */
record RawHttp(int port) {

  private static final int PATIENCE = 30_000;

  /** A request; the length is declared unless it is chunked or the header is given. */
  static final class Request {
    private final String method;
    private final String path;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private byte[] body = new byte[0];
    private boolean chunked;

    private Request(String method, String path) {
      this.method = method;
      this.path = path;
      headers.put("Host", "rollcall");
      headers.put("Connection", "close");
    }

    Request header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    Request without(String name) {
      headers.remove(name);
      return this;
    }

    Request body(String text) {
      return body(text.getBytes(StandardCharsets.UTF_8));
    }

    Request body(byte[] bytes) {
      body = bytes.clone();
      return this;
    }

    Request chunked() {
      chunked = true;
      return this;
    }

    byte[] head() {
      if (chunked) {
        headers.put("Transfer-Encoding", "chunked");
      } else {
        headers.putIfAbsent("Content-Length", Integer.toString(body.length));
      }
      StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
      headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
      return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    byte[] bytes() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.writeBytes(head());
      if (!chunked) {
        bytes.writeBytes(body);
        return bytes.toByteArray();
      }
      for (int at = 0; at < body.length; at += 1000) {
        int size = Math.min(1000, body.length - at);
        bytes.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        bytes.write(body, at, size);
        bytes.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      bytes.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return bytes.toByteArray();
    }
  }

  static Request request(String method, String path) {
    return new Request(method, path);
  }

  /** A message for the instance that is on; headers are names and values in turn. */
  static Request message(String... headers) {
    Request request =
        request("POST", "/PeopleSoftOIMListener").header("Location", RunningService.RESOURCE);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  Answer post(String xml, String... headers) {
    return exchange(message(headers).body(xml));
  }

  Answer exchange(Request request) {
    return exchange(request.bytes());
  }

  /** Sends these bytes and reads until the other side closes. */
  Answer exchange(byte[] bytes) {
    try (Socket socket = open()) {
      boolean whole = true;
      try {
        socket.getOutputStream().write(bytes);
      } catch (IOException closedEarly) {
        whole = false; // an answer can be there all the same
      }
      return Answer.read(socket.getInputStream(), whole);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  Socket open() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE);
    return socket;
  }

  /**
   * An answer.
   *
   * @param sentWhole false when the other side closed before all was sent
   */
  record Answer(int status, String head, String body, boolean sentWhole) {

    static Answer read(InputStream in, boolean sentWhole) throws IOException {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        throw new IOException("no answer: '" + text + "'");
      }
      return new Answer(
          Integer.parseInt(text.substring(9, 12)),
          text.substring(0, end),
          text.substring(end + 4),
          sentWhole);
    }

    /** The answer's IBResponse, which has to be well-formed. */
    Element ibResponse() {
      try {
        Element root =
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(body)))
                .getDocumentElement();
        if (!root.getTagName().equals("IBResponse")) {
          throw new AssertionError("no IBResponse: " + this);
        }
        return root;
      } catch (Exception broken) {
        throw new AssertionError("not well-formed: " + this, broken);
      }
    }

    String type() {
      return ibResponse().getAttribute("type");
    }

    String reason() {
      return child("DefaultTitle");
    }

    String child(String name) {
      return ibResponse().getElementsByTagName(name).item(0).getTextContent();
    }
  }
}
