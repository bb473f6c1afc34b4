package dev.rollcall.connector.campusmessage;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.exc.WstxException;
import com.ctc.wstx.stax.WstxInputFactory;
import dev.rollcall.spi.RefusedDelivery;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Set;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Goes through XML from outside one element at a time and refuses what no PeopleSoft message holds:
 * a DTD, entities of its own, text between elements, and anything beyond the limits. Names are
 * local ones, because the same message comes plain and with a namespace ({@code
 * facts/oim-campus-connector.md §12}).
 */
final class XmlCursor {
  /** PeopleSoft names end at 30 characters, its elements carry three attributes at most. */
  private static final int MAX_NAME = 128;

  private static final int MAX_ATTRIBUTES = 64;

  /** A thousand rows of two hundred fields; more about one person is an attack on the heap. */
  private static final int MAX_ELEMENTS = 200_000;

  /** The encodings in which Woodstox finds every wrong byte. */
  private static final Set<String> OWN_DECODERS = Set.of("UTF-8", "ISO-8859-1", "US-ASCII");

  private static final XMLInputFactory FACTORY = factory();

  private final CampusMessageSettings settings;
  private final XMLStreamReader reader;
  private int depth;
  private long textLength;

  /** Opens the document and stands on its root element. */
  XmlCursor(byte[] body, CampusMessageSettings settings) {
    this(settings, () -> FACTORY.createXMLStreamReader(new ByteArrayInputStream(body)));
    checkEncoding(body);
    toRoot();
  }

  /** Opens a document whose encoding was taken care of, and stands on its root element. */
  XmlCursor(String document, CampusMessageSettings settings) {
    this(settings, () -> FACTORY.createXMLStreamReader(new StringReader(document)));
    toRoot();
  }

  private interface Opening {
    XMLStreamReader open() throws XMLStreamException;
  }

  private XmlCursor(CampusMessageSettings settings, Opening opening) {
    this.settings = settings;
    try {
      this.reader = opening.open();
    } catch (XMLStreamException e) {
      throw new RefusedDelivery(
          RefusedDelivery.Kind.MALFORMED, "the body is not XML in an encoding that is known");
    }
  }

  private void toRoot() {
    while (advance() != XMLStreamConstants.START_ELEMENT) {
      // what comes before the root is only looked at for a DTD
    }
  }

  /**
   * What Woodstox does not decode itself, Java does, and makes another text of bytes that are none:
   * two broken keys would become one.
   */
  private void checkEncoding(byte[] body) {
    String encoding = String.valueOf(reader.getEncoding());
    if (OWN_DECODERS.contains(encoding)) {
      return;
    }
    try {
      Charset.forName(encoding).newDecoder().decode(ByteBuffer.wrap(body));
    } catch (CharacterCodingException | IllegalArgumentException wrong) {
      throw new RefusedDelivery(RefusedDelivery.Kind.MALFORMED, "the body is not in its encoding");
    }
  }

  private static XMLInputFactory factory() {
    WstxInputFactory factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    // Otherwise bad bytes surface as a runtime exception from wherever the text is asked for.
    factory.getConfig().doParseLazily(false);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MAX_ATTRIBUTES);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_COUNT, MAX_ELEMENTS);
    return factory;
  }

  /** The local name of the element. */
  String name() {
    return reader.getLocalName();
  }

  /** Whether the element is marked as a row of a record. */
  boolean isRow() {
    return "R".equals(reader.getAttributeValue(null, "class"));
  }

  /**
   * Goes to the next child of the element, passing over FieldTypes: they say nothing that is needed
   * here and some senders put them in odd places.
   *
   * @return false when there is none; the cursor then stands on the element's end
   */
  boolean child() {
    while (true) {
      int event = advance();
      if (event == XMLStreamConstants.END_ELEMENT) {
        return false;
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (!name().equals("FieldTypes")) {
          return true;
        }
        skip();
      } else if (isText(event) && !reader.getText().isBlank()) {
        throw malformed("there is text between elements");
      }
    }
  }

  /** The text of an element that has no children; the cursor then stands on its end. */
  String text() {
    StringBuilder text = new StringBuilder();
    while (true) {
      int event = advance();
      if (event == XMLStreamConstants.END_ELEMENT) {
        return text.toString();
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        throw malformed("an element that is not marked class=\"R\" holds elements");
      }
      if (isText(event)) {
        text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
      }
    }
  }

  /** Passes over the element; the cursor then stands on its end. */
  void skip() {
    int outside = depth - 1;
    while (depth > outside) {
      advance();
    }
  }

  /** Goes to the end of the document, so that a truncated one is not taken for a whole one. */
  void end() {
    while (advance() != XMLStreamConstants.END_DOCUMENT) {
      // whatever is behind the root has to be well-formed too
    }
  }

  /** A refusal that says what is wrong and where, without content of the message. */
  RefusedDelivery malformed(String what) {
    return new RefusedDelivery(RefusedDelivery.Kind.MALFORMED, what + where(reader.getLocation()));
  }

  private int advance() {
    try {
      int event = reader.next();
      switch (event) {
        case XMLStreamConstants.DTD -> throw malformed("a DTD is not allowed");
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw malformed("an entity other than XML's own is not allowed");
        case XMLStreamConstants.START_ELEMENT -> entered();
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          textLength = 0;
        }
        default -> count(event);
      }
      return event;
    } catch (XMLStreamException e) {
      throw refused(e);
    }
  }

  private void entered() {
    textLength = 0;
    depth++;
    if (depth > settings.maxDepth()) {
      throw tooLarge("elements are nested deeper than " + settings.maxDepth());
    }
    if (name().length() > MAX_NAME) {
      throw tooLarge("an element's name is longer than " + MAX_NAME);
    }
  }

  private void count(int event) {
    if (isText(event)) {
      textLength += reader.getTextLength();
      if (textLength > settings.maxText()) {
        throw tooLarge("a text is longer than " + settings.maxText() + " characters");
      }
    }
  }

  private RefusedDelivery tooLarge(String what) {
    return new RefusedDelivery(RefusedDelivery.Kind.TOO_LARGE, what + where(reader.getLocation()));
  }

  /** Woodstox tells its own limits apart from bad XML only by the class it throws. */
  private RefusedDelivery refused(XMLStreamException e) {
    Location location = e.getLocation() == null ? reader.getLocation() : e.getLocation();
    boolean limit =
        !(e instanceof WstxException) && String.valueOf(e.getMessage()).contains(" limit (");
    return limit
        ? new RefusedDelivery(
            RefusedDelivery.Kind.TOO_LARGE,
            "too many elements or attributes" + where(reader.getLocation()))
        : new RefusedDelivery(
            RefusedDelivery.Kind.MALFORMED,
            "not well-formed XML, or not in its encoding" + where(location));
  }

  private static boolean isText(int event) {
    return event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA;
  }

  private static String where(Location location) {
    return " at line " + location.getLineNumber() + ", column " + location.getColumnNumber();
  }
}
