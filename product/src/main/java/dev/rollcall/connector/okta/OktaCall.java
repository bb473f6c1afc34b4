package dev.rollcall.connector.okta;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A call to make.
 *
 * @param path from the host on, encoded
 * @param query encoded; null for none
 * @param bucket as Okta counts it ({@code facts/okta-rate-limit-buckets.txt}); it depends on the
 *     method
 * @param write whether it is to change something
 * @param ofOne whether it is about one user or one group, so that a refusal says nothing about
 *     others
 * @param body JSON; null for none
 */
public record OktaCall(
    String method,
    String path,
    @Nullable String query,
    String bucket,
    boolean write,
    boolean ofOne,
    @Nullable String body) {

  /** A text as part of a path or a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** As people name it; without the query, which says whom was searched for. */
  public String named() {
    return method + " " + path;
  }

  /** The same with another query: the next page. */
  public OktaCall with(String otherQuery) {
    return new OktaCall(method, path, otherQuery, bucket, write, ofOne, body);
  }
}
