package dev.rollcall.connector.campusmessage;

import static dev.rollcall.connector.campusmessage.Sync.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.Value;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FactsJsonTest {
  @Provide
  Arbitrary<Map<String, RecordFacts>> facts() {
    Arbitrary<String> name = Arbitraries.strings().ascii().ofMaxLength(8);
    Arbitrary<String> text =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(20).filter(FactsJsonTest::isUnicode),
            Arbitraries.of("\"", "\\", "null", "\uD83D\uDE00", "\u0001", "\u2028", "007", ""));
    Arbitrary<Value> value =
        Arbitraries.oneOf(text.map(Value.Text::new), Arbitraries.create(Value.Cleared::new));
    Arbitrary<Row> row =
        Combinators.combine(
                Arbitraries.maps(name, value).ofMaxSize(4),
                Arbitraries.longs(),
                Arbitraries.of(true, false))
            .as(Row::new);
    Arbitrary<RecordFacts> record =
        Combinators.combine(Arbitraries.of(true, false), row.list().ofMaxSize(3))
            .as(RecordFacts::new);
    return Arbitraries.maps(name, record).ofMaxSize(4);
  }

  private static boolean isUnicode(String text) {
    return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  @Property
  void whatIsWrittenIsRead(@ForAll("facts") Map<String, RecordFacts> facts) {
    assertThat(FactsJson.read(FactsJson.write(facts))).isEqualTo(facts);
  }

  @Example
  void theDocumentIsCompactAndReadable() {
    var rows = List.of(new Row(fields("A", "1"), 7, false), new Row(fields("A", ""), 8, true));
    assertThat(FactsJson.write(Map.of("R", new RecordFacts(true, rows))))
        .isEqualTo(
            """
            {"R":{"complete":true,"rows":[\
            {"version":7,"fields":{"A":"1"}},\
            {"version":8,"deleted":true,"fields":{"A":null}}]}}\
            """);
    assertThat(FactsJson.write(Map.of())).isEqualTo("{}");
  }

  @Example
  void membersMayComeInAnyOrder() {
    String json =
        "{\"R\": {\"rows\": [{\"fields\": {\"A\": \"1\"}, \"version\": 7}], \"complete\": true}}";
    assertThat(FactsJson.read(json))
        .isEqualTo(
            Map.of("R", new RecordFacts(true, List.of(new Row(fields("A", "1"), 7, false)))));
  }

  @Example
  void aMemberThatIsNotKnownIsNotReadOver() {
    assertThatThrownBy(() -> FactsJson.read("{\"R\":{\"rows\":[],\"sealed\":true}}"))
        .hasMessageContaining("unknown member sealed");
    assertThatThrownBy(() -> FactsJson.read("{\"R\":{\"rows\":[{\"sealed\":true}]}}"))
        .hasMessageContaining("unknown member sealed");
  }
}
