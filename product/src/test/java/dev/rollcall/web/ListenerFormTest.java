package dev.rollcall.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One message in every form a sender may give it is stored once and means the same. */
class ListenerFormTest {

  private static final String FIRST = "Zoë";

  private static RunningService service;

  @BeforeAll
  static void start() {
    service = RunningService.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static String person(String emplid) {
    return CampusXml.person(emplid, FIRST);
  }

  private static void isTaken(String emplid, RawHttp.Request request) {
    RawHttp.Answer answer = service.http().exchange(request);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.type()).isEqualTo("success");
    assertThat(answer.child("StatusCode")).isEqualTo("0");
    assertThat(service.messages(emplid)).isEqualTo(1);
    service.settle();
    assertThat(service.identity(emplid).path("first_name").asString("")).isEqualTo(FIRST);
  }

  private interface Packing {
    OutputStream around(OutputStream out) throws IOException;
  }

  private static byte[] packed(String text, Packing packing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = packing.around(bytes)) {
      out.write(text.getBytes(UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(String text) {
    return packed(text, GZIPOutputStream::new);
  }

  private static byte[] zlib(String text) {
    return packed(text, DeflaterOutputStream::new);
  }

  @Test
  void plain() {
    isTaken("F01", RawHttp.message().body(person("F01")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/xml",
        "application/xml; charset=utf-8",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "multipart/related; boundary=\"y\"",
        "application/json",
        "text/xml; charset=no-such-charset",
        ";;;"
      })
  void whateverTheContentTypeSays(String contentType) {
    String emplid = "F02" + contentType.hashCode();
    isTaken(emplid, RawHttp.message("Content-Type", contentType).body(person(emplid)));
  }

  @Test
  void withANamespaceOnEveryElement() {
    String namespaced =
        person("F03")
            .replaceAll("<(/?)([A-Z])", "<$1ps:$2")
            .replace(
                "<ps:SCC_CONSTITUENT_SYNC>",
                "<ps:SCC_CONSTITUENT_SYNC xmlns:ps=\"http://xmlns.oracle.com/Enterprise/Tools/"
                    + "schemas/SCC_CONSTITUENT_SYNC.v1\">");
    isTaken("F03", RawHttp.message().body(namespaced));
  }

  @Test
  void packedAndSaidToBe() {
    isTaken("F04", RawHttp.message("Content-Encoding", "gzip").body(gzip(person("F04"))));
    isTaken("F05", RawHttp.message("Content-Encoding", "X-GZIP").body(gzip(person("F05"))));
    isTaken("F06", RawHttp.message("Content-Encoding", "deflate").body(zlib(person("F06"))));
    isTaken(
        "F07",
        RawHttp.message("Content-Encoding", "deflate")
            .body(
                packed(
                    person("F07"), out -> new DeflaterOutputStream(out, new Deflater(9, true)))));
    isTaken("F08", RawHttp.message("Content-Encoding", "identity").body(person("F08")));
  }

  @Test
  void packedAndNotSaidToBe() {
    isTaken("F09", RawHttp.message().body(gzip(person("F09"))));
    isTaken("F10", RawHttp.message().body(zlib(person("F10"))));
  }

  /** What a PeopleSoft node does by default ({@code sendUncompressed} not set). */
  @Test
  void packedAndInBase64() {
    isTaken("F11", RawHttp.message().body(Base64.getEncoder().encode(zlib(person("F11")))));
    isTaken("F12", RawHttp.message().body(Base64.getMimeEncoder().encode(gzip(person("F12")))));
  }

  @Test
  void chunkedWithoutALength() {
    isTaken("F13", RawHttp.message().body(person("F13")).chunked());
    isTaken("F14", RawHttp.message("Content-Encoding", "gzip").body(gzip(person("F14"))).chunked());
  }

  @Test
  void withAByteOrderMark() {
    isTaken("F15", RawHttp.message().body("\uFEFF" + person("F15")));
    isTaken("F16", RawHttp.message().body(("\uFEFF" + person("F16")).getBytes(UTF_16BE)));
    isTaken("F17", RawHttp.message().body(("\uFEFF" + person("F17")).getBytes(UTF_16LE)));
  }

  @Test
  void inAnotherEncodingThatIsDeclared() {
    String latin =
        CampusXml.added("F18")
            .encoding("ISO-8859-1")
            .name("A", "PRI", "2020-01-01", FIRST, "Smith")
            .xml();
    isTaken("F18", RawHttp.message().body(latin.getBytes(ISO_8859_1)));
  }

  @Test
  void withBlanksAndCommentsBehindTheRoot() {
    isTaken("F19", RawHttp.message().body(person("F19") + " \r\n<!-- the end -->\n"));
  }

  @Test
  void atTheAddressWithASlashOrAQuery() {
    for (String path :
        new String[] {"/PeopleSoftOIMListener/", "/PeopleSoftOIMListener?from=gateway"}) {
      String emplid = "F20" + path.hashCode();
      isTaken(
          emplid,
          RawHttp.request("POST", path)
              .header("Location", RunningService.RESOURCE)
              .body(person(emplid)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SCC_CONSTITUENT_SYNC",
        "SCC_CONSTITUENT_SYNC.v1",
        "scc_constituent_sync.V1",
        "SCC_CONSTITUENT_SYNC.VERSION_1"
      })
  void underEveryNameOfItsFirstVersion(String operation) {
    String emplid = "F21" + operation.hashCode();
    isTaken(emplid, RawHttp.message("ExternalOperationName", operation).body(person(emplid)));
  }

  @Test
  void anInstanceThatIsOffStoresAndAnswersAndWorksItLater() {
    RawHttp.Answer answer =
        service.send(person("F22"), "Location", "PSFT Waiting", "TransactionID", "F22.1");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.child("TransactionID")).isEqualTo("F22.1");
    assertThat(service.messages("F22")).isEqualTo(1);
    assertThat(service.texts("select status from event where subject = 'F22'"))
        .containsExactly("NEW");
  }

  @Test
  void aPingStoresNothingWithAndWithoutAnItResource() {
    long before = service.number("select count(*) from campus_message");
    for (RawHttp.Request ping :
        new RawHttp.Request[] {
          RawHttp.message("OperationType", "ping"),
          RawHttp.message("MessageType", "Ping"),
          RawHttp.message("OperationType", "PING").without("Location"),
          RawHttp.message("OperationType", "ping").body("<anything/>"),
        }) {
      RawHttp.Answer answer = service.http().exchange(ping);
      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      assertThat(answer.type()).isEqualTo("success");
    }
    assertThat(service.number("select count(*) from campus_message")).isEqualTo(before);
  }
}
