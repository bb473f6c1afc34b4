package dev.rollcall.connector.campusmessage;

import com.ctc.wstx.stax.WstxInputFactory;
import dev.rollcall.model.Origin;
import dev.rollcall.spi.Originals.Text;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A message laid out for reading, one element a line, without what nobody may see. What is left out
 * in one place is left out wherever it stands. Comments are left out as a whole.
 */
final class MaskedXml {

  private static final String MASK = "***";
  private static final int MOST_LINES = 4_000;

  /** A shorter value would be found in words that have nothing to do with it. */
  private static final int SHORTEST = 4;

  private static final Pattern SECRET =
      Pattern.compile("passw|pwd|secret|token|credential|apikey|api_key");

  private static final XMLInputFactory FACTORY = factory();

  private final boolean nationalIds;
  private final List<String> lines = new ArrayList<>();
  private final Set<String> hidden =
      new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(text -> text));
  private int masked;

  /**
   * @param nationalIds whether they are shown
   */
  MaskedXml(boolean nationalIds) {
    this.nationalIds = nationalIds;
  }

  /** Reads a message that was taken in, so it is known to be well-formed. */
  Text read(byte[] raw) {
    try {
      // All of it is read before any is shown: a value may stand in the open first.
      go(FACTORY.createXMLStreamReader(new ByteArrayInputStream(raw)));
    } catch (XMLStreamException broken) {
      return new Text(List.of("(This message is not XML that can be shown.)"), 0, false);
    }
    boolean shortened = lines.size() > MOST_LINES;
    List<String> shown = new ArrayList<>();
    for (String line : shortened ? lines.subList(0, MOST_LINES) : lines) {
      shown.add(withoutHidden(line));
    }
    return new Text(shown, masked, shortened);
  }

  private void go(XMLStreamReader reader) throws XMLStreamException {
    int depth = 0;
    StringBuilder open = new StringBuilder();
    StringBuilder text = new StringBuilder();
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          flush(open, depth - 1);
          text.setLength(0);
          open.append(tag(reader));
          depth++;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          end(reader.getLocalName(), open, text.toString().strip(), depth);
          text.setLength(0);
        }
        default -> {
          // nothing that is shown
        }
      }
    }
  }

  private void flush(StringBuilder open, int depth) {
    if (!open.isEmpty()) {
      lines.add("  ".repeat(Math.max(0, depth)) + open + ">");
      open.setLength(0);
    }
  }

  private void end(String name, StringBuilder open, String text, int depth) {
    String indent = "  ".repeat(depth);
    if (open.isEmpty()) {
      lines.add(indent + "</" + name + ">");
    } else if (text.isEmpty()) {
      lines.add(indent + open + "/>");
    } else {
      lines.add(indent + open + ">" + escaped(shown(name, text)) + "</" + name + ">");
    }
    open.setLength(0);
  }

  private String tag(XMLStreamReader reader) {
    StringBuilder tag = new StringBuilder("<").append(reader.getLocalName());
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String name = reader.getAttributeLocalName(i);
      String value = shown(name, reader.getAttributeValue(i));
      tag.append(' ').append(name).append("=\"").append(escaped(value)).append('"');
    }
    return tag.toString();
  }

  private String shown(String name, String value) {
    if (value.isEmpty() || !(isSecret(name) || (!nationalIds && isNationalId(name)))) {
      return value;
    }
    masked++;
    if (value.length() >= SHORTEST) {
      hidden.add(value);
      hidden.add(escaped(value));
    }
    return MASK;
  }

  private static boolean isSecret(String name) {
    return SECRET.matcher(name.toLowerCase(Locale.ROOT)).find();
  }

  /** The type of a national id says nothing of the id itself. */
  private static boolean isNationalId(String name) {
    String field = name.toUpperCase(Locale.ROOT);
    return Origin.isNationalId(field) && !field.endsWith("_TYPE");
  }

  private String withoutHidden(String line) {
    String rest = line;
    for (String value : hidden) {
      rest = rest.replace(value, MASK);
    }
    return rest;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static XMLInputFactory factory() {
    WstxInputFactory factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    // Otherwise bad bytes surface as a runtime exception from wherever the text is asked for.
    factory.getConfig().doParseLazily(false);
    return factory;
  }
}
