package dev.rollcall.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.db.Database;
import dev.rollcall.model.Origin;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.SharedDatabase;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import tools.jackson.databind.json.JsonMapper;

/** A link is unique in both directions, for each target system. */
class LinksTest {

  private static final String TARGET = "repository";
  private static final SubjectKey KEVIN = new SubjectKey("campus", "kevin");
  private static final SubjectKey LISA = new SubjectKey("campus", "lisa");

  private final Database database = SharedDatabase.emptied();
  private final Links links =
      new Links(
          database.jdbc(),
          new SettableClock(Instant.parse("2026-11-20T12:00:00Z")),
          new JsonMapper());

  private static Links.Applied link(SubjectKey subject, String account) {
    return new Links.Applied(subject, account, 1, Map.of());
  }

  @Test
  void aLinkIsFoundFromBothSides() {
    links.put(TARGET, List.of(link(KEVIN, "1"), link(LISA, "2")));

    assertThat(links.find(TARGET, List.of(KEVIN, LISA))).isEqualTo(Map.of(KEVIN, "1", LISA, "2"));
    assertThat(links.owners(TARGET, List.of("2", "3"))).isEqualTo(Map.of("2", LISA));
    assertThat(links.subjects(TARGET, "campus")).containsExactly(KEVIN, LISA);
    assertThat(links.find(TARGET, List.of())).isEmpty();
    assertThat(links.owners(TARGET, List.of())).isEmpty();
  }

  @Test
  void anotherTargetAndAnotherSourceHaveTheirOwn() {
    links.put(TARGET, List.of(link(KEVIN, "1")));
    links.put("okta", List.of(link(KEVIN, "00u1"), link(new SubjectKey("hr", "kevin"), "00u2")));

    assertThat(links.find("okta", List.of(KEVIN))).isEqualTo(Map.of(KEVIN, "00u1"));
    assertThat(links.subjects("okta", "hr")).hasSize(1);
    assertThat(links.ofSubject("kevin")).hasSize(3);
  }

  @Test
  void anAccountOfSomebodyElseIsRefused() {
    links.put(TARGET, List.of(link(KEVIN, "1")));

    assertThatThrownBy(() -> links.put(TARGET, List.of(link(LISA, "1"))))
        .isInstanceOf(DuplicateKeyException.class);
    assertThat(links.owners(TARGET, List.of("1"))).isEqualTo(Map.of("1", KEVIN));
  }

  @Test
  void aSecondAccountForOneSubjectIsRefusedInsteadOfForgotten() {
    links.put(TARGET, List.of(link(KEVIN, "1")));

    assertThatThrownBy(() -> links.put(TARGET, List.of(link(KEVIN, "2"))))
        .isInstanceOf(DuplicateKeyException.class)
        .hasMessageContaining("campus:kevin")
        .hasMessageContaining("another account");
    assertThat(links.find(TARGET, List.of(KEVIN))).isEqualTo(Map.of(KEVIN, "1"));
  }

  @Test
  void originsOfValuesNotChangedStay() {
    AppliedOrigin first = origin("FIRST_NAME~SCC_PER_NAME_I", null, 1);
    AppliedOrigin last = origin("LAST_NAME~SCC_PER_NAME_I", LocalDate.of(2020, 1, 1), 1);
    AppliedOrigin newer = origin("FIRST_NAME~SCC_PER_NAME_I", LocalDate.of(2026, 1, 1), 2);
    links.put(
        TARGET,
        List.of(new Links.Applied(KEVIN, "1", 1, Map.of("first_name", first, "last_name", last))));
    links.put(TARGET, List.of(new Links.Applied(KEVIN, "1", 2, Map.of("first_name", newer))));

    assertThat(links.ofSubject("kevin").getFirst().origins())
        .isEqualTo(Map.of("first_name", newer, "last_name", last));
  }

  private static AppliedOrigin origin(String rule, @Nullable LocalDate effdt, long event) {
    return new AppliedOrigin(new Origin(rule, "SCC_PER_NAME_I", "FIELD", effdt), event);
  }
}
