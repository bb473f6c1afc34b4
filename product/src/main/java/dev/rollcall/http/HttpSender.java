package dev.rollcall.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
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
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request and gives back the whole answer. Nothing is repeated by itself: the client's
 * own repetitions are off, who calls decides. Safe for use by many threads.
 */
public final class HttpSender implements AutoCloseable {

  private final CloseableHttpClient client;

  /**
   * @param patience how long to wait for a connection, and for an answer
   */
  public HttpSender(Duration patience) {
    Timeout timeout = Timeout.of(patience);
    this.client =
        HttpClients.custom()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableRedirectHandling()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(timeout)
                            .setSocketTimeout(timeout)
                            .build())
                    .build())
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
   * @param json the body, null for none
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

  private static Exchange exchange(ClassicHttpResponse response) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (Header header : response.getHeaders()) {
      headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
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
