package dev.rollcall.simulators.peoplesoft.broker;

import dev.rollcall.simulators.http.Break;
import dev.rollcall.simulators.http.Exchange;
import dev.rollcall.simulators.http.Outcome;
import dev.rollcall.simulators.peoplesoft.message.ConstituentSync;
import dev.rollcall.simulators.peoplesoft.message.RowsetXml;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Turns contracts, pings and raw messages into HTTPTARGET requests, with the ledger as witness. */
public final class Sender implements AutoCloseable {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxx");

  private final Ledger ledger;
  private final Clock clock;
  private final Exchange exchange;

  public Sender(Ledger ledger, Clock clock, Exchange exchange) {
    this.ledger = ledger;
    this.clock = clock;
    this.exchange = exchange;
  }

  /** Sends a contract, twice where a twist says so, and judges the answers. */
  Verdict send(Contract contract, URI url, Node node, BrokerSettings settings, Set<Twist> twists) {
    if (twists.contains(Twist.DUPLICATE_CONCURRENTLY)) {
      CompletableFuture<Verdict> twin = new CompletableFuture<>();
      Thread.startVirtualThread(() -> {
        try {
          twin.complete(once(contract, url, node, settings, twists));
        } catch (RuntimeException e) {
          twin.completeExceptionally(e);
        }
      });
      return once(contract, url, node, settings, twists).worse(twin.join());
    }
    Verdict verdict = once(contract, url, node, settings, twists);
    return twists.contains(Twist.DUPLICATE)
        ? verdict.worse(once(contract, url, node, settings, twists))
        : verdict;
  }

  private Verdict once(
      Contract contract, URI url, Node node, BrokerSettings settings, Set<Twist> twists) {
    Map<String, String> headers = headers(node, contract.published(), twists);
    if (settings.transactionIds() && !twists.contains(Twist.NO_TRANSACTION_ID)) {
      headers.put("TransactionID", contract.transactionId());
    }
    Map<String, Object> what = new LinkedHashMap<>();
    what.put("contract", contract.id());
    what.put("emplid", contract.emplid());
    what.put("transactionId", contract.transactionId());
    what.put("rootAction", contract.message().root());
    what.put("style", contract.message().style());
    what.put("twists", twists);
    Encoding encoding =
        twists.contains(Twist.GZIP)
            ? Encoding.GZIP
            : twists.contains(Twist.DEFLATE) ? Encoding.DEFLATE : Encoding.NONE;
    Duration timeout = Duration.ofMillis(settings.timeoutMillis());
    return Verdict.on(
        post(what, url, headers, body(contract, twists), encoding, broken(twists), timeout));
  }

  /** The message as this contract is written with these twists. */
  public static String body(Contract contract, Set<Twist> twists) {
    return RowsetXml.write(
        contract.message(), twists.contains(Twist.NAMESPACED), twists.contains(Twist.SINGLE_SPACE));
  }

  /** A node ping: no operation and no content, only the operation type. */
  Outcome ping(URI url, Node node, BrokerSettings settings) {
    Map<String, String> headers = headers(node, clock.instant(), Set.of());
    headers.remove("ExternalOperationName");
    headers.put("OperationType", "ping");
    Duration timeout = Duration.ofMillis(settings.timeoutMillis());
    return post(ping(), url, headers, "", Encoding.NONE, Break.NONE, timeout);
  }

  /** Sends what a caller wrote, with the usual headers unless it says otherwise. */
  Outcome send(RawMessage message, URI url, Node node, BrokerSettings settings) {
    Map<String, String> headers = headers(node, clock.instant(), Set.of());
    headers.put("TransactionID", UUID.randomUUID().toString());
    message
        .headers()
        .forEach((name, value) -> {
          headers.remove(name);
          value.ifPresent(given -> headers.put(name, given));
        });
    Map<String, Object> what = new LinkedHashMap<>();
    what.put("raw", true);
    message.emplid().ifPresent(emplid -> what.put("emplid", emplid));
    Duration timeout = Duration.ofMillis(settings.timeoutMillis());
    return post(what, url, headers, message.body(), message.encoding(), Break.NONE, timeout);
  }

  private static Map<String, Object> ping() {
    Map<String, Object> what = new LinkedHashMap<>();
    what.put("ping", true);
    return what;
  }

  /** Sends one request and writes down both ends of it. */
  Outcome post(
      Map<String, Object> what,
      URI url,
      Map<String, String> headers,
      String body,
      Encoding encoding,
      Break broken,
      Duration timeout) {
    byte[] plain = body.getBytes(StandardCharsets.UTF_8);
    byte[] packed = pack(plain, encoding);
    if (encoding != Encoding.NONE) {
      headers.put("Content-Encoding", encoding == Encoding.GZIP ? "gzip" : "deflate");
    }
    what.put("url", url);
    what.put("origTimeStamp", headers.get("OrigTimeStamp"));
    what.put("headers", headers);
    what.put("bytes", packed.length);
    what.put("sha256", sha256(plain));
    long attempt = ledger.attempt(what);
    long from = System.nanoTime();
    Outcome outcome = exchange.post(url, headers, packed, broken, timeout);
    ledger.answer(attempt, outcome, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from));
    return outcome;
  }

  /** The IBInfo envelope as HTTPTARGET copies it into headers, and the node's own properties. */
  Map<String, String> headers(Node node, Instant published, Set<Twist> twists) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Content-Type", "text/xml; charset=UTF-8");
    headers.put("ExternalOperationName", ConstituentSync.OPERATION);
    headers.put("OperationType", "async");
    if (!twists.contains(Twist.NO_ORIG_TIME_STAMP)) {
      ZoneId zone = twists.contains(Twist.OTHER_OFFSET) ? ZoneOffset.ofHours(-5) : clock.getZone();
      headers.put("OrigTimeStamp", STAMP.format(published.atZone(zone)));
    }
    headers.put("NonRepudiation", "N");
    headers.put("To", "OIM_NODE");
    headers.put("From", "PSFT_CS");
    headers.put(
        node.header(),
        twists.contains(Twist.WRONG_RESOURCE) ? "Not " + node.itResource() : node.itResource());
    headers.putAll(node.headers());
    return headers;
  }

  @Override
  public void close() {
    exchange.close();
  }

  private static Break broken(Set<Twist> twists) {
    if (twists.contains(Twist.HALF_BODY)) {
      return Break.HALF_BODY;
    }
    if (twists.contains(Twist.LOST_ANSWER)) {
      return Break.LOST_ANSWER;
    }
    return twists.contains(Twist.SLOW_BODY) ? Break.SLOW_BODY : Break.NONE;
  }

  private static byte[] pack(byte[] plain, Encoding encoding) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (encoding) {
          case NONE -> packed;
          case GZIP -> new GZIPOutputStream(packed);
          case DEFLATE -> new DeflaterOutputStream(packed);
        }) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
