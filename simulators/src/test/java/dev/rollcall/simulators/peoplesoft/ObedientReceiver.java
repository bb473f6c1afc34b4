package dev.rollcall.simulators.peoplesoft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.simulators.testing.RecordingListener.Received;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The receiving contract in its shortest form: repeats and older messages are ignored, a record
 * with a blank action is a complete image, one without is added to what is there.
 */
final class ObedientReceiver {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxx");
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "PERSON_SA", List.of(),
          "SCC_PER_NAME_I", List.of("NAME_TYPE", "EFFDT"),
          "SCC_PER_EMAIL_I", List.of("E_ADDR_TYPE"),
          "SCC_PER_PHONE_I", List.of("PHONE_TYPE"),
          "SCC_AFL_PERSON", List.of("INSTITUTION", "SCC_AFL_CODE", "START_DT"));

  private record Row(String record, String action, Map<String, String> fields) {
    List<String> key() {
      List<String> key = new ArrayList<>();
      KEYS.getOrDefault(record, List.of()).forEach(name -> key.add(fields.getOrDefault(name, "")));
      return key;
    }
  }

  private final Map<String, Map<String, Map<List<String>, Map<String, String>>>> people =
      new HashMap<>();
  private final Map<String, OffsetDateTime> newest = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<String> deleted = new HashSet<>();
  int repeated;
  int older;

  void take(Received message) throws Exception {
    String emplid = message.emplid();
    OffsetDateTime stamp = OffsetDateTime.parse(message.header("OrigTimeStamp"), STAMP);
    if (!seen.add(message.header("TransactionID"))) {
      repeated++;
      return;
    }
    OffsetDateTime known = newest.get(emplid);
    if (known != null && stamp.isBefore(known)) {
      older++;
      return;
    }
    newest.put(emplid, stamp);
    var document =
        DocumentBuilderFactory.newDefaultNSInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(message.body().getBytes(StandardCharsets.UTF_8)));
    NodeList found = document.getElementsByTagNameNS("*", "Transaction");
    List<Element> transaction = children((Element) found.item(0));
    if (text(transaction.getLast(), "AUDIT_ACTN").equals("D")) {
      deleted.add(emplid);
    }
    apply(emplid, rows(transaction.getFirst()));
  }

  boolean deleted(String emplid) {
    return deleted.contains(emplid);
  }

  /** The values of one record's rows, in their order. */
  List<List<String>> rows(String emplid, String record, String... fields) {
    return people.getOrDefault(emplid, Map.of()).getOrDefault(record, Map.of()).values().stream()
        .map(row -> List.of(fields).stream().map(name -> row.getOrDefault(name, "")).toList())
        .toList();
  }

  private void apply(String emplid, List<Row> rows) {
    Map<String, Map<List<String>, Map<String, String>>> person =
        people.computeIfAbsent(emplid, key -> new HashMap<>());
    Set<String> images = new LinkedHashSet<>();
    rows.stream().filter(row -> row.action().isEmpty()).forEach(row -> images.add(row.record()));
    images.forEach(record -> person.put(record, new LinkedHashMap<>()));
    for (Row row : rows) {
      Map<List<String>, Map<String, String>> present =
          person.computeIfAbsent(row.record(), key -> new LinkedHashMap<>());
      switch (row.action()) {
        case "D", "K" -> present.remove(row.key());
        case "O" -> assertThat(present).containsKey(row.key());
        default -> present.put(row.key(), row.fields());
      }
    }
  }

  private static List<Row> rows(Element root) {
    List<Row> rows = new ArrayList<>();
    List<Element> inside =
        children(root).stream().filter(one -> one.hasAttribute("class")).toList();
    for (int i = 0; i < inside.size(); i += 2) {
      Map<String, String> fields = new LinkedHashMap<>();
      for (Element field : children(inside.get(i))) {
        fields.put(field.getLocalName(), field.getTextContent().strip());
      }
      rows.add(
          new Row(inside.get(i).getLocalName(), text(inside.get(i + 1), "AUDIT_ACTN"), fields));
    }
    return rows;
  }

  private static String text(Element parent, String name) {
    for (Element child : children(parent)) {
      if (name.equals(child.getLocalName())) {
        return child.getTextContent().strip();
      }
    }
    throw new AssertionError("no " + name + " in " + parent);
  }

  private static List<Element> children(Element element) {
    List<Element> children = new ArrayList<>();
    NodeList nodes = element.getChildNodes();
    for (int i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i) instanceof Element child) {
        children.add(child);
      }
    }
    return children;
  }
}
