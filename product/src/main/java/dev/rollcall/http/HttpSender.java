package dev.rollcall.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.apache.hc.core5.net.WWWFormCodec;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request and gives back the whole answer. Nothing is repeated by itself: the client's
 * own repetitions are off, who calls decides. Safe for use by many threads.
 */
public final class HttpSender implements AutoCloseable {

  private static final String LINK = "link";
  private static final int MOST_CONNECTIONS = 64;

  private final CloseableHttpClient client;

  /**
   * @param patience how long to wait for a connection, and for an answer
   */
  public HttpSender(Duration patience) {
    this(patience, Trust.machine());
  }

  /**
   * @param patience how long to wait for a connection, and for an answer
   * @param trust which servers are believed
   */
  public HttpSender(Duration patience, Trust trust) {
    Timeout timeout = Timeout.of(patience);
    PoolingHttpClientConnectionManagerBuilder connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            // The default of five to a host would make workers wait for each other.
            .setMaxConnTotal(MOST_CONNECTIONS)
            .setMaxConnPerRoute(MOST_CONNECTIONS)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(timeout)
                    .setSocketTimeout(timeout)
                    .build());
    if (!trust.certificates().isEmpty()) {
      connections.setTlsSocketStrategy(trust.strategy());
    }
    this.client =
        HttpClients.custom()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableRedirectHandling()
            .setConnectionManager(connections.build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setResponseTimeout(timeout)
                    .setConnectionRequestTimeout(timeout)
                    .build())
            .build();
  }

  /**
   * Sends a request.
   *
   * @param json the body, null for none; then a POST or PUT says that its length is 0
   * @throws IOException when there was no whole answer
   */
  public Exchange send(
      String method, URI address, Map<String, String> headers, @Nullable String json)
      throws IOException {
    ClassicRequestBuilder request = ClassicRequestBuilder.create(method).setUri(address);
    headers.forEach(request::setHeader);
    if (json != null) {
      request.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
    }
    return client.execute(request.build(), HttpSender::exchange);
  }

  /**
   * Posts a form.
   *
   * @param fields in order
   * @throws IOException when there was no whole answer
   */
  public Exchange form(URI address, Map<String, String> headers, Map<String, String> fields)
      throws IOException {
    ClassicRequestBuilder request = ClassicRequestBuilder.post(address);
    headers.forEach(request::setHeader);
    List<NameValuePair> pairs = new ArrayList<>();
    fields.forEach((name, value) -> pairs.add(new BasicNameValuePair(name, value)));
    request.setEntity(
        new StringEntity(
            WWWFormCodec.format(pairs, StandardCharsets.UTF_8),
            ContentType.create("application/x-www-form-urlencoded")));
    return client.execute(request.build(), HttpSender::exchange);
  }

  /**
   * Sends a stream of unknown length; memory does not grow with it.
   *
   * @throws IOException when there was no whole answer
   */
  public Exchange stream(URI address, Map<String, String> headers, InputStream body)
      throws IOException {
    ClassicRequestBuilder request = ClassicRequestBuilder.post(address);
    headers.forEach(request::setHeader);
    request.setEntity(new InputStreamEntity(body, ContentType.APPLICATION_OCTET_STREAM));
    return client.execute(request.build(), HttpSender::exchange);
  }

  /**
   * Receives a body as it comes; memory does not grow with it.
   *
   * @param whole told each part of the body of an answer with success
   * @return the answer, with an empty body when it was one of success
   * @throws IOException when there was no whole answer
   */
  public Exchange receive(URI address, Map<String, String> headers, OutputStream whole)
      throws IOException {
    ClassicRequestBuilder request = ClassicRequestBuilder.get(address);
    headers.forEach(request::setHeader);
    return client.execute(
        request.build(),
        response -> {
          if (response.getCode() != 200 || response.getEntity() == null) {
            return exchange(response);
          }
          response.getEntity().writeTo(whole);
          return new Exchange(response.getCode(), Map.of(), "");
        });
  }

  private static Exchange exchange(ClassicHttpResponse response) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (Header header : response.getHeaders()) {
      String name = header.getName().toLowerCase(Locale.ROOT);
      // A list of links may come in several lines, each with its part of it (RFC 8288).
      headers.merge(
          name,
          String.valueOf(header.getValue()),
          (before, last) -> name.equals(LINK) ? before + ", " + last : last);
    }
    byte[] body =
        response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity());
    return new Exchange(response.getCode(), Map.copyOf(headers), Exchange.text(body));
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
