package dev.rollcall.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What gateways wrap around a message, written from the published descriptions and not from our
 * reader.
 */
final class Wrapped {

  static final String PASSWORD = "Tr0ub4dor-and-3";

  private static final String BOUNDARY = "----=_Part_4_9069393.1143500580221";

  private final Map<String, String> fields = new LinkedHashMap<>();
  private final List<String> sections = new ArrayList<>();
  private final List<String> connector = new ArrayList<>();

  private Wrapped() {
    field("ExternalOperationName", "SCC_CONSTITUENT_SYNC.v1");
    field("OperationType", "async");
    field("OrigTimeStamp", "2026-11-20T08:00:00.000000-0600");
  }

  static Wrapped around(String content) {
    return new Wrapped().section(cdata(content));
  }

  static Wrapped nothing() {
    return new Wrapped();
  }

  static String cdata(String content) {
    return "<![CDATA[" + content.replace("]]>", "]]]]><![CDATA[>") + "]]>";
  }

  Wrapped field(String name, String value) {
    fields.put(name, value);
    return this;
  }

  Wrapped without(String name) {
    fields.remove(name);
    return this;
  }

  /** Another section; what stands in Data, as XML. */
  Wrapped section(String data) {
    sections.add(data);
    return this;
  }

  /** A connector property of the kind HEADER. */
  Wrapped connectorHeader(String name, String value) {
    connector.add("<Header><Name>%s</Name><Value>%s</Value></Header>".formatted(name, value));
    return this;
  }

  private String head() {
    return element("ExternalOperationName")
        + element("OperationType")
        + element("TransactionID")
        + "<From><RequestingNode>PSFT_CS</RequestingNode><Password>"
        + PASSWORD
        + "</Password><OrigUser>PS</OrigUser><OrigNode>PSFT_CS</OrigNode><OrigProcess/>"
        + element("OrigTimeStamp")
        + "</From><To><FinalDestination/><DestinationNode>OIM_NODE</DestinationNode>"
        + "<DestinationNode>OTHER</DestinationNode><SubChannel/></To>";
  }

  private String element(String name) {
    String value = fields.get(name);
    return value == null ? "" : "<%s>%s</%s>".formatted(name, value, name);
  }

  /** As IBRequest, the form for third parties. */
  String ibRequest() {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<IBRequest>").append(head());
    xml.append("<ContentSections>");
    for (String section : sections) {
      xml.append("<ContentSection><NonRepudiation>N</NonRepudiation>")
          .append(element("MessageVersion"))
          .append("<Data>")
          .append(section)
          .append("</Data></ContentSection>");
    }
    return xml.append("</ContentSections></IBRequest>").toString();
  }

  private String ibInfo() {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?><IBInfo>").append(head());
    xml.append("<Connector><ConnectorName>HTTPTARGET</ConnectorName><ConnectorParameters>");
    connector.forEach(xml::append);
    xml.append("</ConnectorParameters></Connector><ContentSections><ContentSection>")
        .append("<ID>ContentSection0</ID><NonRepudiation>N</NonRepudiation>")
        .append(element("MessageVersion"));
    return xml.append("</ContentSection></ContentSections></IBInfo>").toString();
  }

  /** As gateways send it to each other: the message's own headers stand in the body. */
  String mime(String... contents) {
    return "Message-ID: <32004392.1143500580241.JavaMail.PS@GATEWAY>\r\n"
        + "Date: Fri, 20 Nov 2026 08:00:00 -0600 (CST)\r\n"
        + "Mime-Version: 1.0\r\n"
        + "Content-Type: multipart/related; \r\n\tboundary=\""
        + BOUNDARY
        + "\"\r\n"
        + "Content-ID: PeopleSoft-Integration-Broker-Internal-Mime-Message\r\n"
        + "PeopleSoft-ToolsRelease: 8.61\r\n\r\n"
        + mimeParts("8bit", contents);
  }

  static String mimeType() {
    return "multipart/related; boundary=\"" + BOUNDARY + "\"";
  }

  /** The parts alone, for a sender that makes headers of the request of the message's. */
  String mimeParts(String encoding, String... contents) {
    StringBuilder text = new StringBuilder(part("IBInfo", "8bit", ibInfo()));
    for (int i = 0; i < contents.length; i++) {
      text.append(part("ContentSection" + i, encoding, contents[i]));
    }
    return text.append("--").append(BOUNDARY).append("--\r\n").toString();
  }

  private static String part(String id, String encoding, String content) {
    return "--"
        + BOUNDARY
        + "\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: "
        + encoding
        + "\r\nContent-Disposition: inline\r\nContent-ID: "
        + id
        + "\r\n\r\n"
        + content
        + "\r\n";
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
