package dev.rollcall.connector.campusmessage;

import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.Inbox;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A message that was understood, with everything needed to keep it and to replay it. */
final class CampusMessage implements Inbox.Incoming {
  private final SubjectKey subject;
  private final String name;
  private final Envelope envelope;
  private final RowsetReader.Rowset rowset;
  private final byte[] body;
  private final String hash;
  private final String transactionId;

  /**
   * @param name the configured name of the message
   * @param body as it came
   */
  CampusMessage(
      SubjectKey subject, String name, Envelope envelope, RowsetReader.Rowset rowset, byte[] body) {
    this.subject = subject;
    this.name = name;
    this.envelope = envelope;
    this.rowset = rowset;
    this.body = body;
    this.hash = sha256(body);
    String sent = envelope.transactionId();
    this.transactionId = sent == null ? UUID.randomUUID().toString() : sent;
  }

  @Override
  public SubjectKey subject() {
    return subject;
  }

  @Override
  public String transactionId() {
    return transactionId;
  }

  @Override
  public Optional<Instant> published() {
    return Optional.ofNullable(envelope.originated());
  }

  String name() {
    return name;
  }

  Envelope envelope() {
    return envelope;
  }

  RootAction action() {
    return rowset.action();
  }

  List<SentRow> rows() {
    return rowset.rows();
  }

  byte[] body() {
    return body;
  }

  /** SHA-256 of the body. */
  String hash() {
    return hash;
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
