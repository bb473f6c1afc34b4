package dev.rollcall.simulators.peoplesoft.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.rollcall.simulators.peoplesoft.population.Changed;
import dev.rollcall.simulators.peoplesoft.population.Name;
import dev.rollcall.simulators.peoplesoft.population.Person;
import dev.rollcall.simulators.peoplesoft.population.Population;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

class RowsetXmlTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);

  @Test
  void theTransactionsOwnPscamaIsLastAndComplete() throws Exception {
    List<Element> transaction = children(transaction(write(person(), false, false)));

    assertThat(names(transaction)).containsExactly("SCC_CM_PERSON_I", "PSCAMA");
    assertThat(names(children(transaction.getLast())))
        .containsExactly(
            "LANGUAGE_CD",
            "AUDIT_ACTN",
            "BASE_LANGUAGE_CD",
            "MSG_SEQ_FLG",
            "PROCESS_INSTANCE",
            "PUBLISH_RULE_ID",
            "MSGNODENAME");
  }

  @Test
  void aPscamaWithOnlyTheActionFollowsEveryChildRecord() throws Exception {
    Element root = children(transaction(write(person(), false, false))).getFirst();
    List<Element> inside = children(root);
    List<Element> rows = inside.stream().filter(one -> one.hasAttribute("class")).toList();

    assertThat(names(rows)).contains("PERSON_SA", "SCC_PER_NAME_I");
    for (int i = 0; i < rows.size(); i += 2) {
      assertThat(rows.get(i).getTagName()).isNotEqualTo("PSCAMA");
      assertThat(rows.get(i + 1).getTagName()).isEqualTo("PSCAMA");
      assertThat(names(children(rows.get(i + 1)))).containsExactly("AUDIT_ACTN");
    }
  }

  @Test
  void textSurvivesWhateverMarksItHas() throws Exception {
    String difficult = "O'Neil & <Søns> \"𠮷\"";
    Person person = person().withNames(List.of(new Name("PRI", TODAY, "A", difficult, "X")));

    Element root = parse(write(person, false, false));

    assertThat(root.getElementsByTagName("FIRST_NAME").item(1).getTextContent())
        .isEqualTo(difficult);
  }

  @Test
  void blankTextMayBeOneSpaceButABlankDateNeverIs() {
    Person person = person().withCampusId("");

    assertThat(write(person, false, false)).contains("<CAMPUS_ID/>");
    assertThat(write(person, false, true))
        .contains("<CAMPUS_ID> </CAMPUS_ID>")
        .doesNotContain("<END_DT> </END_DT>");
  }

  @Test
  void theNamespaceCoversEveryElement() throws Exception {
    Element root = parse(write(person(), true, false));

    var all = root.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      assertThat(all.item(i).getNamespaceURI())
          .isEqualTo("http://xmlns.oracle.com/Enterprise/Tools/schemas/SCC_CONSTITUENT_SYNC.v1");
    }
  }

  @Test
  void theShapeIsThatOfTheSharedSample() throws Exception {
    Element sample = parse(Files.readString(sample()));
    Set<String> ours = new TreeSet<>();
    Set<String> fieldTypes = new TreeSet<>();
    Population population = new Population(7, TODAY);
    for (int i = 1; i < 40; i++) {
      Person person = population.person(i);
      Changed change = Changed.to(person.withCampusId("C1"));
      Element root =
          parse(
              RowsetXml.write(
                  ConstituentSync.changed(person, change, Style.IMAGE, false), false, false));
      paths(root, "", ours);
      fieldTypes.add(types(root));
    }
    Set<String> theirs = new TreeSet<>();
    paths(sample, "", theirs);

    assertThat(ours).isEqualTo(theirs);
    assertThat(fieldTypes).containsExactly(types(sample));
  }

  private static Path sample() {
    String tail = "samples/peoplesoft/synthetic/SCC_CONSTITUENT_SYNC.synthetic.xml";
    List<Path> places = new ArrayList<>();
    String named = System.getProperty("rollcall.shared");
    if (named != null) {
      places.add(Path.of(named));
    }
    @Nullable Path up = Path.of("").toAbsolutePath();
    while (up != null) {
      places.add(up.resolve("shared"));
      up = up.getParent();
    }
    for (Path place : places) {
      if (Files.exists(place.resolve(tail))) {
        return place.resolve(tail);
      }
    }
    return abort("no directory 'shared' beside the repository: the sample is not compared");
  }

  /** FieldTypes as text: records, fields and types in their order. */
  private static String types(Element root) {
    StringBuilder text = new StringBuilder();
    for (Element record : children(children(root).getFirst())) {
      text.append(record.getTagName()).append(':');
      for (Element field : children(record)) {
        text.append(field.getTagName()).append('=').append(field.getAttribute("type")).append(' ');
      }
    }
    return text.toString();
  }

  private static void paths(Element element, String parent, Set<String> paths) {
    String path = parent + "/" + element.getTagName();
    paths.add(path + (element.hasAttribute("class") ? "[R]" : ""));
    children(element).forEach(child -> paths(child, path, paths));
  }

  private static Person person() {
    return new Population(7, TODAY).person(4);
  }

  private static String write(Person person, boolean namespaced, boolean singleSpace) {
    return RowsetXml.write(
        ConstituentSync.added(person, Style.IMAGE, false), namespaced, singleSpace);
  }

  private static Element transaction(String xml) throws Exception {
    List<Element> parts = children(parse(xml));
    assertThat(names(parts)).containsExactly("FieldTypes", "MsgData");
    return children(parts.getLast()).getFirst();
  }

  private static Element parse(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
    byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes)).getDocumentElement();
  }

  private static List<String> names(List<Element> elements) {
    return elements.stream().map(Element::getTagName).toList();
  }

  private static List<Element> children(Element element) {
    List<Element> children = new ArrayList<>();
    for (@Nullable Node node = element.getFirstChild();
        node != null;
        node = node.getNextSibling()) {
      if (node instanceof Element child) {
        children.add(child);
      }
    }
    return children;
  }
}
