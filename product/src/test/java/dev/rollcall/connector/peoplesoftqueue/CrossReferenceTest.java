package dev.rollcall.connector.peoplesoftqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.peoplesoftqueue.CrossReference.Entry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CrossReferenceTest {
  private final PeopleSoftTables tables = PeopleSoftTables.ofTheDocumentation();
  private final CrossReference reference =
      new CrossReference(tables.database, QueueTables.ofTheSeed());

  @AfterEach
  void close() {
    tables.close();
  }

  private String row() {
    return tables.one(
        "select CHG_IDP_UTYPE || '|' || CHG_OKTA_ID || '|' || CHG_OKTA_LOGIN_ID from PS_CHG_OPR_OKTA_ID");
  }

  @Test
  void allRowsWithAnAccountAreHandedOver() {
    tables.run(
        "insert into PS_CHG_OPR_OKTA_ID values ('BOB', 'Staff', '00u2', 'bob@univ.edu', null), ('ANN', ' ', '00u1', ' ', null), ('CAT', 'Staff', ' ', ' ', null)");
    tables.run(
        "insert into PS_CHG_OPR_OKTA_ID select 'P' || n, ' ', '00x' || n, ' ', null from generate_series(1, 2000) n");

    List<Entry> entries = new ArrayList<>();
    reference.each(entries::add);

    assertThat(entries).hasSize(2002);
    assertThat(entries.subList(0, 2))
        .containsExactly(
            new Entry("ANN", null, "00u1", null),
            new Entry("BOB", "Staff", "00u2", "bob@univ.edu"));
  }

  @Test
  void allFiveColumnsAreWrittenAndNothingTwice() {
    Entry entry = new Entry("ANN", "Staff", "00u1", "ann@univ.edu");
    reference.write(entry);
    assertThat(row()).isEqualTo("Staff|00u1|ann@univ.edu");
    assertThat(tables.one("select (LASTUPDDTTM is not null)::text from PS_CHG_OPR_OKTA_ID"))
        .isEqualTo("true");
    String version = tables.one("select xmin::text from PS_CHG_OPR_OKTA_ID");

    reference.write(entry);
    assertThat(tables.one("select xmin::text from PS_CHG_OPR_OKTA_ID")).isEqualTo(version);

    reference.write(new Entry("ANN", null, "00u9", null));
    assertThat(row()).isEqualTo(" |00u9| ");
  }

  @Test
  void severalRowsOfOnePersonKeepTheirIdentityTypes() {
    tables.run("alter table PS_CHG_OPR_OKTA_ID drop constraint ps_chg_opr_okta_id_pkey");
    tables.run("alter table PS_CHG_OPR_OKTA_ID add primary key (OPRID, CHG_IDP_UTYPE)");
    tables.run(
        "insert into PS_CHG_OPR_OKTA_ID values ('ANN', 'Staff', ' ', ' ', null), ('ANN', 'Student', '00u1', ' ', null)");

    reference.write(new Entry("ANN", "Staff", "00u1", "ann@univ.edu"));

    assertThat(
            tables.all(
                "select CHG_IDP_UTYPE || CHG_OKTA_ID || CHG_OKTA_LOGIN_ID from PS_CHG_OPR_OKTA_ID order by 1"))
        .containsExactly("Staff00u1ann@univ.edu", "Student00u1ann@univ.edu");
  }

  @Test
  void identityTypesAreReadWithTheLeadingOneFirst() {
    tables.run(
        "insert into PS_CHG_IDP_UTYPE values ('Student', '[EMPLID]@student.univ.edu', 'HOME, PREF', 'N', 'STAGED', 'Student Cohort', 40), ('Staff', '[First].[Last]@univ.edu', 'BUSN', 'Y', 'active', 'Staff General,Parking', 10)");
    IdentityTypes types = new IdentityTypes(tables.database, QueueTables.ofTheSeed());

    assertThat(types.read())
        .containsExactly(
            new IdentityTypes.Type(
                "Staff",
                "[First].[Last]@univ.edu",
                List.of("BUSN"),
                true,
                "ACTIVE",
                List.of("Staff General", "Parking"),
                10),
            new IdentityTypes.Type(
                "Student",
                "[EMPLID]@student.univ.edu",
                List.of("HOME", "PREF"),
                false,
                "STAGED",
                List.of("Student Cohort"),
                40));

    tables.run("update PS_CHG_IDP_UTYPE set CHG_INIT_STATE = 'ON'");
    assertThatThrownBy(types::read).hasMessageContaining("neither STAGED nor ACTIVE");
    tables.run("delete from PS_CHG_IDP_UTYPE");
    assertThatThrownBy(types::read).hasMessageContaining("empty");
  }
}
