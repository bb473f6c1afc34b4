package dev.rollcall.connector.okta;

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
record OktaCall(
    String method,
    String path,
    @Nullable String query,
    String bucket,
    boolean write,
    boolean ofOne,
    @Nullable String body) {

  /** As people name it; without the query, which says whom was searched for. */
  String named() {
    return method + " " + path;
  }

  /** The same with another query: the next page. */
  OktaCall with(String otherQuery) {
    return new OktaCall(method, path, otherQuery, bucket, write, ofOne, body);
  }
}
