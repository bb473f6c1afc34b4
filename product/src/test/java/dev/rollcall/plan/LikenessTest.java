package dev.rollcall.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Account;
import dev.rollcall.model.Candidate;
import dev.rollcall.model.Candidate.Agreement;
import dev.rollcall.model.Candidate.Conflict;
import dev.rollcall.model.Match;
import dev.rollcall.model.Origin;
import dev.rollcall.model.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a person who decides is shown of a candidate. */
final class LikenessTest {

  private static final Match.Ambiguous UNCLEAR =
      new Match.Ambiguous(
          List.of(
              new Candidate(
                  "17", "campus_id", List.of(new Agreement("campus_id", "C1")), List.of())),
          "why");

  private static Mapped mapped(String field, String text) {
    return new Mapped(Value.of(text), new Origin("rule", "RECORD", field, null), "read");
  }

  private static Candidate explained(Map<String, Mapped> wanted, Map<String, Value> found) {
    Wanted want = new Wanted(wanted, List.of(), Map.of(), null, List.of(), null);
    Account account = new Account("17", Account.Status.ENABLED, found, List.of());
    return Likeness.explained(UNCLEAR, want, Map.of("17", account)).candidates().getFirst();
  }

  @Test
  void whatBothSidesHaveAgreesOrContradictsAndTheRestSaysNothing() {
    Map<String, Mapped> wanted = new LinkedHashMap<>();
    wanted.put("campus_id", mapped("CAMPUS_ID", "C1"));
    wanted.put("first_name", mapped("FIRST_NAME", "Ann"));
    wanted.put("last_name", mapped("LAST_NAME", "Smith"));
    wanted.put("phone", mapped("PHONE", " "));
    wanted.put("email", mapped("EMAIL_ADDR", "ann@campus.example"));
    Candidate candidate =
        explained(
            wanted,
            Map.of(
                "campus_id", Value.of("C1"),
                "first_name", Value.of("Bob"),
                "last_name", Value.of("Smith"),
                "phone", Value.of("1"),
                "organization", Value.of("here")));
    assertThat(candidate.rule()).isEqualTo("campus_id");
    assertThat(candidate.agree())
        .containsExactly(new Agreement("campus_id", "C1"), new Agreement("last_name", "Smith"));
    assertThat(candidate.conflict())
        .containsExactly(
            new Conflict("first_name", "Ann", "Bob"), new Conflict("phone", null, "1"));
  }

  @Test
  void aNationalIdIsComparedButNotShown() {
    Map<String, Value> found = Map.of("ssn", Value.of("999-12-3456"));
    assertThat(explained(Map.of("ssn", mapped("NATIONAL_ID", "999-12-3456")), found).agree())
        .contains(new Agreement("ssn", "***"));
    assertThat(explained(Map.of("ssn", mapped("NATIONAL_ID", "111-11-1111")), found).conflict())
        .containsExactly(new Conflict("ssn", "***", "***"));
  }

  @Test
  void aCandidateThatIsGoneStaysAsItWas() {
    Wanted want = new Wanted(Map.of(), List.of(), Map.of(), null, List.of(), null);
    assertThat(Likeness.explained(UNCLEAR, want, Map.of())).isEqualTo(UNCLEAR);
  }
}
