package dev.rollcall.connector.campusmessage;

import dev.rollcall.model.Value;
import dev.rollcall.spi.Delivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes SCC_CONSTITUENT_SYNC messages for tests, and the deliveries that bring them. */
final class Sync {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final String EMPLID = "0000012345";

  private Sync() {}

  /** A message about {@link #EMPLID} with this root action and these child rows. */
  static String message(String rootAction, String... children) {
    return about(EMPLID, rootAction, children);
  }

  static String about(String emplid, String rootAction, String... children) {
    return document(transaction(emplid, rootAction, children));
  }

  static String document(String... transactions) {
    return """
    <?xml version="1.0"?>
    <SCC_CONSTITUENT_SYNC><FieldTypes><SCC_CM_PERSON_I class="R"><EMPLID type="CHAR"/>\
    </SCC_CM_PERSON_I></FieldTypes><MsgData>%s</MsgData></SCC_CONSTITUENT_SYNC>
    """
        .formatted(String.join("", transactions));
  }

  static String transaction(String emplid, String rootAction, String... children) {
    return """
    <Transaction><SCC_CM_PERSON_I class="R"><EMPLID>%s</EMPLID>%s</SCC_CM_PERSON_I>\
    <PSCAMA class="R"><LANGUAGE_CD>ENG</LANGUAGE_CD><AUDIT_ACTN>%s</AUDIT_ACTN>\
    <MSG_SEQ_FLG/></PSCAMA></Transaction>
    """
        .formatted(emplid, String.join("", children), rootAction);
  }

  /** A child row with its PSCAMA behind it. */
  static String row(String record, String action, String... namesAndValues) {
    return bare(record, namesAndValues)
        + "<PSCAMA class=\"R\"><AUDIT_ACTN>"
        + action
        + "</AUDIT_ACTN></PSCAMA>";
  }

  /** A child row without any PSCAMA. */
  static String bare(String record, String... namesAndValues) {
    StringBuilder xml = new StringBuilder("<" + record + " class=\"R\">");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String name = namesAndValues[i];
      xml.append("<%s>%s</%s>".formatted(name, namesAndValues[i + 1], name));
    }
    return xml.append("</").append(record).append(">").toString();
  }

  /** An e-mail row, the smallest record with a key. */
  static String mail(String action, String type, String address) {
    return row("SCC_PER_EMAIL_I", action, "E_ADDR_TYPE", type, "EMAIL_ADDR", address);
  }

  static Map<String, String> headers() {
    return Map.of("ExternalOperationName", "SCC_CONSTITUENT_SYNC.v1");
  }

  static Delivery delivery(String xml) {
    return delivery(xml, headers());
  }

  static Delivery delivery(String xml, Map<String, String> headers) {
    return new Delivery(headers, xml.getBytes(StandardCharsets.UTF_8), NOON);
  }

  /** The headers of a publication with this id and time. */
  static Map<String, String> headers(String transactionId, String timestamp) {
    return Map.of(
        "ExternalOperationName", "SCC_CONSTITUENT_SYNC.v1",
        "TransactionID", transactionId,
        "OrigTimeStamp", timestamp);
  }

  static Map<String, Value> fields(String... namesAndValues) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(namesAndValues[i], Value.of(namesAndValues[i + 1]));
    }
    return fields;
  }
}
