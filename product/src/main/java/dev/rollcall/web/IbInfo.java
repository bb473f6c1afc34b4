package dev.rollcall.web;

import com.ctc.wstx.stax.WstxInputFactory;
import dev.rollcall.spi.RefusedDelivery;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code IBRequest} or {@code IBInfo} document says about the content it goes with. The
 * names of the elements are published; where in the document an element stands differs from one
 * description to the other, so it is taken by its name alone ({@code facts/peoplesoft.md §4.3}).
 */
final class IbInfo {

  /** Published documents nest five deep. */
  private static final int MAX_DEPTH = 16;

  private static final int MAX_ELEMENTS = 1000;
  private static final int MAX_FIELD = 8192;

  /** The elements taken, and the header in which an HTTPTARGET node says the same. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "ExternalOperationName", "ExternalOperationName",
          "OperationType", "OperationType",
          "OrigTimeStamp", "OrigTimeStamp",
          "TransactionID", "TransactionID",
          "NonRepudiation", "NonRepudiation",
          "RequestingNode", "From",
          "DestinationNode", "To",
          "MessageVersion", "MessageVersion");

  /** A message may have several destinations; the first is the node that sends. */
  private static final Set<String> MAY_REPEAT = Set.of("DestinationNode");

  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader reader;
  private final String propertyHeader;
  private final Map<String, String> headers = new HashMap<>();
  private @Nullable String data;
  private int sections;
  private int elements;

  private IbInfo(XMLStreamReader reader, String propertyHeader) {
    this.reader = reader;
    this.propertyHeader = propertyHeader;
  }

  /**
   * Reads a document.
   *
   * @param root what its root element has to be
   * @param propertyHeader the one connector property that is taken as a header, too
   * @throws RefusedDelivery when it is not such a document, or not about one content
   */
  static IbInfo read(byte[] document, String root, String propertyHeader) {
    try {
      XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(document));
      IbInfo info = new IbInfo(reader, propertyHeader);
      info.document(root);
      return info;
    } catch (XMLStreamException broken) {
      throw malformed("the " + root + " is not well-formed XML, or not in its encoding");
    }
  }

  /** What it says, by the name of the header that says the same; nothing that is blank. */
  Map<String, String> headers() {
    return headers;
  }

  /** The text of {@code Data}; empty when there is none. */
  Optional<String> data() {
    return Optional.ofNullable(data);
  }

  private static XMLInputFactory factory() {
    WstxInputFactory factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.getConfig().doParseLazily(false);
    return factory;
  }

  private void document(String root) throws XMLStreamException {
    while (next() != XMLStreamConstants.START_ELEMENT) {
      // what comes before the root is only looked at for a DTD
    }
    if (!reader.getLocalName().equals(root)) {
      throw malformed("an " + root + " was expected");
    }
    element(root, 1);
    while (next() != XMLStreamConstants.END_DOCUMENT) {
      // whatever is behind the root has to be well-formed too
    }
  }

  /** Reads to the element's end and gives its own text. */
  private String element(String name, int depth) throws XMLStreamException {
    if (depth > MAX_DEPTH || ++elements > MAX_ELEMENTS) {
      throw new RefusedDelivery(
          RefusedDelivery.Kind.TOO_LARGE,
          "what is wrapped around the message has too many or too deep elements");
    }
    if (name.equals("ContentSection") && ++sections > 1) {
      throw malformed("there is more than one ContentSection; a message is about one person");
    }
    boolean content = name.equals("Data");
    StringBuilder text = new StringBuilder();
    String property = "";
    for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (content) {
          throw malformed("Data holds elements; the message has to stand there as CDATA");
        }
        String child = reader.getLocalName();
        String value = element(child, depth + 1);
        if (child.equals("Name")) {
          property = value.strip();
        } else if (child.equals("Value") && property.equalsIgnoreCase(propertyHeader)) {
          put(propertyHeader, value, false);
        }
      } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
        text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
        if (!content && text.length() > MAX_FIELD) {
          throw new RefusedDelivery(
              RefusedDelivery.Kind.TOO_LARGE,
              "a text around the message is longer than " + MAX_FIELD + " characters");
        }
      }
    }
    take(name, text);
    return content ? "" : text.toString();
  }

  private void take(String name, StringBuilder text) {
    switch (name) {
      case "Data" -> {
        if (data != null) {
          throw malformed("there is more than one Data; a message is about one person");
        }
        data = text.toString();
      }
      default -> {
        String header = HEADERS.get(name);
        if (header != null) {
          put(header, text.toString(), MAY_REPEAT.contains(name));
        }
      }
    }
  }

  private void put(String header, String value, boolean mayRepeat) {
    if (value.isBlank()) {
      return;
    }
    String before = headers.putIfAbsent(header, value.strip());
    if (before != null && !before.equals(value.strip()) && !mayRepeat) {
      throw malformed(header + " is said twice around the message, and differently");
    }
  }

  private int next() throws XMLStreamException {
    int event = reader.next();
    if (event == XMLStreamConstants.DTD) {
      throw malformed("a DTD is not allowed");
    }
    if (event == XMLStreamConstants.ENTITY_REFERENCE) {
      throw malformed("an entity other than XML's own is not allowed");
    }
    return event;
  }

  private static RefusedDelivery malformed(String what) {
    return new RefusedDelivery(RefusedDelivery.Kind.MALFORMED, what);
  }
}
