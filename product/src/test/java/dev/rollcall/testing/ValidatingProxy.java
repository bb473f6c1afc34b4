package dev.rollcall.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.testing.OktaDescription.Answered;
import dev.rollcall.testing.OktaDescription.Asked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.net.URIAuthority;

/**
 * Stands between Rollcall and a tenant: hands on what it is sent, and holds every request and every
 * answer against Okta's own description, with a validator that neither side uses. Whoever answers
 * sees the proxy's own address as the host that was called.
 */
public final class ValidatingProxy implements AutoCloseable {

  private static final String API = "/api/";
  private static final Set<String> OF_A_CONNECTION =
      Set.of("connection", "content-length", "transfer-encoding", "host", "date", "keep-alive");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CloseableHttpClient client;
  private final HttpHost tenant;
  private final OktaDescription description;
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final List<String> links = new CopyOnWriteArrayList<>();
  private final Set<String> operations = new ConcurrentSkipListSet<>();
  private volatile UnaryOperator<String> tampering = UnaryOperator.identity();

  /**
   * @param tenant where what is sent is handed on to
   */
  public ValidatingProxy(URI tenant, OktaDescription description) {
    this.tenant = new HttpHost(tenant.getScheme(), tenant.getHost(), tenant.getPort());
    this.description = description;
    client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnPerRoute(32)
                    .setMaxConnTotal(32)
                    .build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement()
            .build();
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** What takes the tenant's place in the settings. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What was not as Okta describes it, in order. */
  public List<String> violations() {
    return List.copyOf(violations);
  }

  /** What was held against the description: method, path with ids left out, and status. */
  public Set<String> operations() {
    return new TreeSet<>(operations);
  }

  /** The values of all Link headers that came by. */
  public List<String> links() {
    return List.copyOf(links);
  }

  /** Changes the bodies of answers from now on. */
  public void tamper(UnaryOperator<String> how) {
    tampering = how;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] sent = exchange.getRequestBody().readAllBytes();
      URI uri = exchange.getRequestURI();
      Asked asked =
          new Asked(
              exchange.getRequestMethod(),
              uri.getRawPath(),
              uri.getRawQuery(),
              new String(sent, StandardCharsets.UTF_8));
      boolean described = asked.path().startsWith(API);
      if (described) {
        violations.addAll(description.violations(asked));
      }
      client.execute(
          tenant,
          request(exchange, asked, sent),
          answer -> {
            byte[] body =
                answer.getEntity() == null
                    ? new byte[0]
                    : EntityUtils.toByteArray(answer.getEntity());
            String text = tampering.apply(new String(body, StandardCharsets.UTF_8));
            if (described) {
              violations.addAll(
                  description.violations(asked, new Answered(answer.getCode(), text)));
              operations.add(named(asked) + " " + answer.getCode());
            }
            handBack(exchange, answer, text.getBytes(StandardCharsets.UTF_8));
            return null;
          });
    }
  }

  private HttpUriRequestBase request(HttpExchange exchange, Asked asked, byte[] sent) {
    String target = asked.path() + (asked.query() == null ? "" : "?" + asked.query());
    HttpUriRequestBase request =
        new HttpUriRequestBase(asked.method(), URI.create(tenant.toURI() + target));
    request.setAuthority(new URIAuthority("127.0.0.1", server.getAddress().getPort()));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!OF_A_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> request.addHeader(name, value));
          }
        });
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    // Without a body a length of 0 is to be told where it was told: Okta asks for it.
    if (length != null || sent.length > 0) {
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      request.setEntity(new ByteArrayEntity(sent, type == null ? null : ContentType.parse(type)));
    }
    return request;
  }

  private void handBack(HttpExchange exchange, ClassicHttpResponse answer, byte[] body)
      throws IOException {
    List<Header> headers = new ArrayList<>(List.of(answer.getHeaders()));
    for (Header header : headers) {
      String name = header.getName().toLowerCase(Locale.ROOT);
      if (name.equals("link")) {
        links.add(header.getValue());
      }
      if (!OF_A_CONNECTION.contains(name)) {
        exchange.getResponseHeaders().add(header.getName(), header.getValue());
      }
    }
    exchange.sendResponseHeaders(answer.getCode(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private static String named(Asked asked) {
    return asked.method()
        + " "
        + asked
            .path()
            .replaceAll("/00[ug][0-9A-Za-z]{17}", "/{id}")
            .replaceAll("/users/[^/{]*(@|%40)[^/]*", "/users/{login}");
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    threads.close();
    client.close();
  }
}
