package dev.rollcall.spi;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One message as it arrived over HTTP, already unpacked.
 *
 * @param headers by name, case-insensitive; the first value of each
 * @param body the bytes after removing any content encoding
 * @param arrived on Rollcall's clock
 * @param from the address it came from; empty when that is not known
 */
@SuppressWarnings("ArrayRecordComponent") // nothing compares deliveries; a copy would cost 16 MB
public record Delivery(Map<String, String> headers, byte[] body, Instant arrived, String from) {
  public Delivery {
    TreeMap<String, String> insensitive = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    insensitive.putAll(headers);
    headers = insensitive;
  }

  /** One of which it is not known where it came from. */
  public Delivery(Map<String, String> headers, byte[] body, Instant arrived) {
    this(headers, body, arrived, "");
  }

  /** The header's value without surrounding blanks; empty when missing or blank. */
  public Optional<String> header(String name) {
    String value = headers.get(name);
    return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "Delivery[%d bytes at %s]", body.length, arrived);
  }
}
