package dev.rollcall.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** A message in an IBRequest or in the MIME form of gateways means what it means alone. */
class ListenerWrapperTest {

  private static final String FIRST = "Zoë";
  private static final int MB = 1024 * 1024;

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

  private static RawHttp.Answer send(byte[] body, String... headers) {
    return service.http().exchange(RawHttp.message(headers).body(body));
  }

  private static RawHttp.Answer send(String body, String... headers) {
    return send(Wrapped.utf8(body), headers);
  }

  private static void isStoredAndWorked(String emplid, RawHttp.Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(service.messages(emplid)).isEqualTo(1);
    service.settle();
    assertThat(service.identity(emplid).path("first_name").asString("")).isEqualTo(FIRST);
  }

  private static void isTaken(String emplid, RawHttp.Answer answer) {
    isStoredAndWorked(emplid, answer);
    assertThat(answer.type()).isEqualTo("success");
  }

  private static void isTakenAsMime(String emplid, RawHttp.Answer answer) {
    isStoredAndWorked(emplid, answer);
    assertThat(child(ibInfo(answer), "StatusCode")).isEqualTo("0");
  }

  private static String refused(int status, byte[] body, String... headers) {
    long before = stored();
    RawHttp.Answer answer = send(body, headers);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.type()).isEqualTo("error");
    assertThat(answer.body()).doesNotContain(Wrapped.PASSWORD, FIRST, "Exception", "java.");
    assertThat(stored()).isEqualTo(before);
    return answer.reason();
  }

  private static String refused(int status, String body, String... headers) {
    return refused(status, Wrapped.utf8(body), headers);
  }

  private static String refusedAsMime(int status, String body, String... headers) {
    long before = stored();
    RawHttp.Answer answer = send(body, headers);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(stored()).isEqualTo(before);
    Element info = ibInfo(answer);
    assertThat(child(info, "StatusCode")).isEqualTo("20");
    return child(info, "DefaultTitle");
  }

  private static long stored() {
    return service.number(
        "select (select count(*) from campus_message) + (select count(*) from event)");
  }

  /** The answer's IBInfo, out of a MIME message that is well-formed by its own boundary. */
  private static Element ibInfo(RawHttp.Answer answer) {
    assertThat(answer.head()).contains("Content-Type: text/plain");
    Matcher boundary = Pattern.compile("boundary=\"([^\"]+)\"").matcher(answer.body());
    assertThat(boundary.find()).as(answer.toString()).isTrue();
    String[] parts = answer.body().split(Pattern.quote("--" + boundary.group(1)), -1);
    assertThat(parts).hasSize(3);
    assertThat(parts[0]).contains("PeopleSoft-Integration-Broker-Internal-Mime-Message");
    assertThat(parts[2]).isEqualTo("--\r\n");
    String[] part = parts[1].split("\r\n\r\n", 2);
    assertThat(part[0]).contains("Content-ID: IBInfo");
    try {
      Element root =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(part[1].strip())))
              .getDocumentElement();
      assertThat(root.getTagName()).isEqualTo("IBInfo");
      return root;
    } catch (Exception broken) {
      throw new AssertionError("not well-formed: " + answer, broken);
    }
  }

  private static String child(Element root, String name) {
    return root.getElementsByTagName(name).item(0).getTextContent();
  }

  private interface Packing {
    OutputStream around(OutputStream out) throws IOException;
  }

  private static byte[] packed(byte[] bytes, Packing packing) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = packing.around(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static String base64(byte[] bytes) {
    return Base64.getMimeEncoder().encodeToString(bytes);
  }

  // ---- IBRequest ----

  @Test
  void anIbRequestIsTakenWithWhatItSaysAboutTheMessage() {
    Wrapped wrapped = Wrapped.around(person("W01")).field("TransactionID", "NODE.SYNC.W01");
    RawHttp.Answer answer = send(wrapped.ibRequest());
    isTaken("W01", answer);
    assertThat(answer.child("TransactionID")).isEqualTo("NODE.SYNC.W01");
    assertThat(
            service.texts(
                "select concat_ws('|', transaction_id, orig_timestamp at time zone 'UTC', headers"
                    + " ->> 'ExternalOperationName', headers ->> 'From', headers ->> 'To', headers"
                    + " ->> 'OperationType') from campus_message where emplid = 'W01'"))
        .containsExactly(
            "NODE.SYNC.W01|2026-11-20 14:00:00|SCC_CONSTITUENT_SYNC.v1|PSFT_CS|OIM_NODE|async");
  }

  @Test
  void whatIsKeptIsTheMessageAloneWithoutThePasswordOfTheNode() {
    isTaken("W02", send(Wrapped.around(person("W02")).ibRequest()));
    assertThat(
            service.texts(
                "select convert_from(raw, 'UTF8') || headers::text from campus_message where emplid"
                    + " = 'W02'"))
        .singleElement()
        .asString()
        .contains("W02")
        .doesNotContain("IBRequest", Wrapped.PASSWORD);
  }

  @Test
  void theSameTransactionWrappedAndAloneIsARepeat() {
    String xml = person("W03");
    isTaken("W03", send(Wrapped.around(xml).field("TransactionID", "N.W03").ibRequest()));
    RawHttp.Answer again = service.send(xml, "TransactionID", "N.W03");
    assertThat(again.reason()).startsWith("Already stored");
    RawHttp.Answer mime = send(Wrapped.nothing().field("TransactionID", "N.W03").mime(xml));
    assertThat(child(ibInfo(mime), "DefaultTitle")).startsWith("Already stored");
    assertThat(service.messages("W03")).isEqualTo(1);
  }

  @Test
  void theContentMayBePackedOrInBase64() throws IOException {
    byte[] gzip = packed(Wrapped.utf8(person("W04")), GZIPOutputStream::new);
    isTaken("W04", send(Wrapped.nothing().section(base64(gzip)).ibRequest()));
    byte[] zlib = packed(Wrapped.utf8(person("W05")), DeflaterOutputStream::new);
    isTaken("W05", send(Wrapped.nothing().section(Wrapped.cdata(base64(zlib))).ibRequest()));
    String plain = base64(Wrapped.utf8(person("W06")));
    isTaken("W06", send(Wrapped.nothing().section("\n " + plain + "\n").ibRequest()));
    byte[] whole =
        packed(Wrapped.utf8(Wrapped.around(person("W07")).ibRequest()), GZIPOutputStream::new);
    isTaken("W07", send(whole, "Content-Encoding", "gzip"));
    isTaken(
        "W08",
        send(
            base64(
                packed(
                    Wrapped.utf8(Wrapped.around(person("W08")).ibRequest()),
                    DeflaterOutputStream::new))));
  }

  @Test
  void theContentIsReadInTheEncodingOfTheDocumentAroundIt() {
    String latin = person("W09").replace("?>", " encoding=\"ISO-8859-1\"?>");
    isTaken("W09", send(Wrapped.around(latin).ibRequest()));
    String outer =
        Wrapped.around(person("W10"))
            .ibRequest()
            .replaceFirst("\\?>", " encoding=\"ISO-8859-1\"?>");
    isTaken("W10", send(outer.getBytes(ISO_8859_1)));
    isTaken("W11", send(("\uFEFF" + Wrapped.around(person("W11")).ibRequest()).getBytes(UTF_16LE)));
    isTaken("W12", send("\uFEFF" + Wrapped.around(person("W12")).ibRequest()));
    String escaped = person("W13").replace("&", "&amp;").replace("<", "&lt;");
    isTaken("W13", send(Wrapped.nothing().section(escaped).ibRequest()));
  }

  @Test
  void theVersionMayStandByItself() {
    Wrapped first =
        Wrapped.around(person("W14"))
            .field("ExternalOperationName", "SCC_CONSTITUENT_SYNC")
            .field("MessageVersion", "VERSION_1");
    isTaken("W14", send(first.ibRequest()));
    refused(404, first.field("MessageVersion", "VERSION_2").ibRequest());
    isTaken(
        "W15", send(Wrapped.around(person("W15")).without("ExternalOperationName").ibRequest()));
  }

  @Test
  void anUnknownOperationOrADifferentRootIsRefusedAsAlone() {
    Wrapped wrapped = Wrapped.around(person("W16"));
    refused(404, wrapped.field("ExternalOperationName", "PERSON_BASIC_SYNC.v1").ibRequest());
    refused(400, Wrapped.around("<PERSON_BASIC_SYNC/>").ibRequest());
    refused(400, Wrapped.around(person("W16").replace("W16", " ")).ibRequest());
  }

  @Test
  void headersMayRepeatButNotContradictWhatIsInTheBody() {
    String body = Wrapped.around(person("W17")).field("TransactionID", "N.W17").ibRequest();
    assertThat(refused(400, body, "TransactionID", "N.OTHER")).contains("TransactionID");
    assertThat(refused(400, body, "ExternalOperationName", "SCC_CONSTITUENT_SYNC.v2"))
        .contains("ExternalOperationName");
    isTaken("W17", send(body, "TransactionID", "N.W17", "From", "gateway@example.edu"));
  }

  @Test
  void theItResourceIsStillAskedFor() {
    String body = Wrapped.around(person("W18")).ibRequest();
    refused(403, body, "Location", "PSFT HRMS");
    refused(403, body, "Location", " ");
    refused(403, body, "Location", "PSFT Closed");
    refused(403, Wrapped.nothing().ibRequest(), "Location", " ");
  }

  @Test
  void aPingInsideIsAnsweredAndStoresNothing() {
    long before = stored();
    Wrapped ping = Wrapped.nothing().field("OperationType", "ping");
    assertThat(send(ping.ibRequest()).type()).isEqualTo("success");
    assertThat(child(ibInfo(send(ping.mime())), "StatusCode")).isEqualTo("0");
    assertThat(child(ibInfo(send(ping.mime(), "Location", " ")), "StatusCode")).isEqualTo("0");
    refused(403, ping.ibRequest(), "Location", "PSFT HRMS");
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void thePublishedShapeIsUnderstood() throws IOException {
    String shape = sample("ibrequest-wrapper.shape.xml");
    String filled =
        shape
            .replace(
                "<ExternalOperationName/>",
                "<ExternalOperationName>SCC_CONSTITUENT_SYNC.v1</ExternalOperationName>")
            .replace(
                "<OrigTimeStamp/>",
                "<OrigTimeStamp>2026-11-20T08:00:00.000000-0600</OrigTimeStamp>")
            .replace("<?xml version=\"1.0\"?>your_message_content", person("W19"));
    assertThat(filled).isNotEqualTo(shape).contains("W19");
    isTaken("W19", send(filled));
  }

  // ---- hostile ----

  @Test
  void aWrapperWithoutAMessageIsRefused() {
    assertThat(refused(400, Wrapped.nothing().ibRequest())).contains("no message");
    refused(400, Wrapped.nothing().section("").ibRequest());
    refused(400, Wrapped.nothing().section(" <![CDATA[  ]]> ").ibRequest());
    refused(400, "<?xml version=\"1.0\"?><IBRequest/>");
    refused(400, Wrapped.around(person("H01")).ibRequest().replace("Data>", "Date>"));
  }

  @Test
  void twoMessagesInOneWrapperAreRefused() {
    Wrapped two = Wrapped.around(person("H02")).section(Wrapped.cdata(person("H03")));
    assertThat(refused(400, two.ibRequest())).contains("ContentSection");
    String twice =
        Wrapped.around(person("H02"))
            .ibRequest()
            .replace("</Data>", "</Data><Data>" + Wrapped.cdata(person("H03")) + "</Data>");
    assertThat(refused(400, twice)).contains("Data");
    assertThat(refusedAsMime(400, Wrapped.nothing().mime(person("H02"), person("H03"))))
        .contains("one with the message");
  }

  @Test
  void aWrapperInAWrapperIsRefused() throws IOException {
    String inner = Wrapped.around(person("H04")).ibRequest();
    assertThat(refused(400, Wrapped.around(inner).ibRequest())).contains("twice");
    String packed = base64(packed(Wrapped.utf8(inner), GZIPOutputStream::new));
    assertThat(refused(400, Wrapped.nothing().section(packed).ibRequest())).contains("twice");
    assertThat(refusedAsMime(400, Wrapped.nothing().mime(inner))).contains("twice");
    assertThat(refusedAsMime(400, Wrapped.nothing().mime(Wrapped.nothing().mime(person("H04")))))
        .isNotBlank();
    String many = inner;
    for (int i = 0; i < 20; i++) {
      many = Wrapped.around(many).ibRequest();
    }
    assertThat(refused(400, many)).contains("twice");
  }

  @Test
  void elementsInsteadOfTextAreRefused() {
    String bare = person("H05").replaceFirst("<\\?.*?\\?>", "");
    assertThat(refused(400, Wrapped.nothing().section(bare).ibRequest())).contains("CDATA");
  }

  @ParameterizedTest
  @ValueSource(strings = {"not base64!", "AAAA*AAA", "H4sI", "H4sIAAAAAAAA", "eJwDAAAAAAE", "QUJD"})
  void whatIsNeitherXmlNorBase64NorPackedIsRefused(String data) {
    refused(400, Wrapped.nothing().section(data).ibRequest());
  }

  @Test
  void aBombInAWrapperIsStopped() throws IOException {
    byte[] megabyte = new byte[MB];
    Arrays.fill(megabyte, (byte) ' ');
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(Wrapped.utf8("<SCC_CONSTITUENT_SYNC>"));
      for (int i = 0; i < 512; i++) {
        out.write(megabyte);
      }
    }
    String bomb = base64(bytes.toByteArray());
    assertThat(refused(413, Wrapped.nothing().section(bomb).ibRequest())).contains("16777216");
    assertThat(
            refusedAsMime(
                413,
                Wrapped.nothing().mimeParts("base64", bomb),
                "Content-Type",
                Wrapped.mimeType()))
        .contains("16777216");
  }

  @Test
  void theLimitsOfAMessageHoldInsideToo() {
    String deep = "<a class=\"R\">".repeat(70) + "</a>".repeat(70);
    String xml = CampusXml.added("H06").fields(deep).xml();
    assertThat(refused(413, Wrapped.around(xml).ibRequest())).contains("64");
    String text = CampusXml.person("H07", "x".repeat(MB + 1));
    refused(413, Wrapped.around(text).ibRequest());
    assertThat(refusedAsMime(413, Wrapped.nothing().mime(xml))).contains("64");
  }

  @Test
  void aWrapperThatIsTooDeepOrSaysTooMuchIsRefused() {
    String body = Wrapped.around(person("H08")).ibRequest();
    refused(413, body.replace("<To>", "<To>" + "<a>".repeat(100) + "</a>".repeat(100)));
    refused(413, body.replace("<To>", "<To>" + "<a/>".repeat(2000)));
    refused(413, body.replace("PSFT_CS", "N".repeat(9000)));
    assertThat(
            refused(
                400,
                body.replace("<To>", "<To><ExternalOperationName>OTHER</ExternalOperationName>")))
        .contains("differently");
    refused(400, Wrapped.around(person("H08")).field("TransactionID", "x".repeat(300)).ibRequest());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE IBRequest>",
        "<!DOCTYPE IBRequest [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE IBRequest SYSTEM 'http://127.0.0.1:1/x.dtd'>"
      })
  void aDtdIsRefusedAroundTheMessageAndInIt(String dtd) {
    String body = Wrapped.around(person("H09")).ibRequest();
    assertThat(refused(400, body.replaceFirst("\\?>", "?>" + Matcher.quoteReplacement(dtd))))
        .contains("DTD");
    assertThat(refused(400, Wrapped.around(person("H09").replace("?>", "?>" + dtd)).ibRequest()))
        .contains("DTD");
    assertThat(
            refusedAsMime(
                400,
                Wrapped.nothing()
                    .mime(person("H09"))
                    .replace("?><IBInfo>", "?>" + dtd + "<IBInfo>")))
        .contains("DTD");
  }

  @Test
  void anEntityOfItsOwnAndWhatIsNotXmlAreRefused() {
    String body = Wrapped.around(person("H10")).ibRequest();
    assertThat(refused(400, body.replace("PSFT_CS", "&node;"))).contains("entity");
    refused(400, body.substring(0, body.length() - 3));
    refused(400, body + "x");
    refused(400, Wrapped.around(person("H10")).ibRequest().getBytes(ISO_8859_1));
  }

  @Test
  void manyCommentsBeforeTheRootAreReadInNoTime() {
    String comments = "<!---->".repeat(140);
    isTaken(
        "W20",
        send(
            Wrapped.around(person("W20"))
                .ibRequest()
                .replaceFirst("\\?>", "?>" + comments.substring(0, 700))));
    refused(404, "<?xml version=\"1.0\"?>" + comments + "<IBRequesta/>");
  }

  @Test
  void everyRefusalOfAKnownSenderIsAudited() {
    long before = service.number("select count(*) from audit where kind = 'message-refused'");
    refused(400, Wrapped.nothing().ibRequest());
    refusedAsMime(400, Wrapped.nothing().mime());
    assertThat(service.number("select count(*) from audit where kind = 'message-refused'"))
        .isEqualTo(before + 2);
  }

  // ---- MIME ----

  @Test
  void theMimeFormOfGatewaysIsTakenAndAnsweredInKind() throws IOException {
    RawHttp.Answer answer =
        send(Wrapped.nothing().field("TransactionID", "N.M01").mime(person("M01")));
    isTakenAsMime("M01", answer);
    assertThat(child(ibInfo(answer), "MsgSet")).isEqualTo("158");
    assertThat(child(ibInfo(answer), "MsgID")).isEqualTo("10000");
    assertThat(child(ibInfo(answer), "DefaultTitle")).startsWith("Stored as event");
    assertThat(
            service.texts(
                "select transaction_id || (headers ->> 'From') from campus_message where emplid ="
                    + " 'M01'"))
        .containsExactly("N.M01PSFT_CS");
    List<String> headers = List.of("Mime-Version: 1.0", "Content-ID: IBInfo");
    assertThat(answer.body()).contains(headers);
    assertThat(sample("ib-mime-response-oracle-doc.txt")).contains(headers);
  }

  @Test
  void theHeadersOfTheMessageMayBeThoseOfTheRequest() {
    Wrapped wrapped = Wrapped.nothing();
    String type = Wrapped.mimeType();
    isTakenAsMime("M02", send(wrapped.mimeParts("8bit", person("M02")), "Content-Type", type));
    isTakenAsMime(
        "M03",
        send(
            wrapped.mimeParts("BASE64", base64(Wrapped.utf8(person("M03")))),
            "Content-Type",
            type.replace("\"", "") + "; type=\"text/plain\""));
    isTakenAsMime(
        "M04",
        send(
            "This is a multipart message.\r\n\r\n" + wrapped.mimeParts("7bit", person("M04")),
            "Content-Type",
            type));
  }

  @Test
  void linesMayEndAsOnUnix() {
    isTakenAsMime("M05", send(Wrapped.nothing().mime(person("M05")).replace("\r\n", "\n")));
  }

  @Test
  void thePartMayBePacked() throws IOException {
    byte[] gzip = packed(Wrapped.utf8(person("M06")), GZIPOutputStream::new);
    isTakenAsMime(
        "M06",
        send(
            Wrapped.nothing().mimeParts("base64", base64(gzip)),
            "Content-Type",
            Wrapped.mimeType()));
    isTakenAsMime(
        "M07",
        send(
            Wrapped.nothing()
                .mime(base64(packed(Wrapped.utf8(person("M07")), DeflaterOutputStream::new)))));
    String marker = "@@@";
    String text = Wrapped.nothing().mime(marker);
    byte[] binary = packed(Wrapped.utf8(person("M08")), GZIPOutputStream::new);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(Wrapped.utf8(text.substring(0, text.indexOf(marker))));
    body.writeBytes(binary);
    body.writeBytes(Wrapped.utf8(text.substring(text.indexOf(marker) + marker.length())));
    isTakenAsMime("M08", send(body.toByteArray()));
  }

  @Test
  void theItResourceMayStandAmongTheConnectorsHeaders() {
    Wrapped wrapped = Wrapped.nothing().connectorHeader("sendUncompressed", "Y");
    String named = wrapped.connectorHeader("Location", RunningService.RESOURCE).mime(person("M09"));
    isTakenAsMime("M09", send(named, "Location", " "));
    isTakenAsMime("M10", send(named.replace("M09", "M10")));
    assertThat(
            refusedAsMime(
                400,
                Wrapped.nothing().connectorHeader("Location", "PSFT HRMS").mime(person("M11"))))
        .contains("Location");
    assertThat(
            refusedAsMime(
                403,
                Wrapped.nothing().connectorHeader("Location", "PSFT HRMS").mime(person("M11")),
                "Location",
                " "))
        .contains("unknown IT resource");
    assertThat(refusedAsMime(403, Wrapped.nothing().mime(person("M11")), "Location", " "))
        .contains("missing");
  }

  @Test
  void whatIsNoWholeMimeMessageIsRefused() {
    String whole = Wrapped.nothing().mime(person("M12"));
    refusedAsMime(400, whole.substring(0, whole.length() - 60));
    refusedAsMime(400, whole.replaceFirst("boundary=", "bounds="));
    refusedAsMime(400, whole.replaceFirst("_Part_4", "_Part_5"));
    refusedAsMime(400, whole.replace("Content-ID: IBInfo", "Content-ID: Other"));
    refusedAsMime(400, whole.replace("Content-ID: ContentSection0", "Content-ID: <IBInfo>"));
    refusedAsMime(
        400,
        whole.replace(
            "8bit\r\nContent-Disposition: inline\r\nContent-ID: Con", "x-uue\r\nContent-ID: Con"));
    refusedAsMime(400, Wrapped.nothing().mime());
    refusedAsMime(400, Wrapped.nothing().mime(""));
    refusedAsMime(
        400, whole.replace("Content-ID: Con", "X: " + "a".repeat(20_000) + "\r\nContent-ID: Con"));
    refusedAsMime(400, "Message-ID: <1>\r\n");
    refusedAsMime(400, Wrapped.nothing().mimeParts("8bit", person("M12")));
  }

  private static String sample(String name) throws IOException {
    Path file =
        Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
            .takeWhile(folder -> folder != null)
            .map(folder -> folder.resolve("shared/samples/peoplesoft/real").resolve(name))
            .filter(Files::exists)
            .findFirst()
            .orElse(null);
    assumeTrue(file != null, "no " + name + " beside the repository");
    return Files.readString(file);
  }
}
