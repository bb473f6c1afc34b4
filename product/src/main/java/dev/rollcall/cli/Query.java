package dev.rollcall.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An address with what is asked for behind it. */
final class Query {

  private final StringBuilder address;
  private char separator = '?';

  Query(String path) {
    this.address = new StringBuilder(path);
  }

  /** Adds a parameter; one that is null is left away. */
  Query with(String name, @Nullable Object value) {
    if (value != null) {
      address.append(separator).append(name).append('=');
      address.append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
      separator = '&';
    }
    return this;
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
