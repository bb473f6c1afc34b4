package dev.rollcall.connector.campusmessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.db.Database;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

class FetchFailureTest {
  private static ErrorKind failure(Database database) {
    CampusSource source = new CampusSource(database.jdbc(), "cs", "campus");
    ConnectorException thrown =
        catchThrowableOfType(
            ConnectorException.class, () -> source.fetch(List.of(new SubjectKey("campus", "1"))));
    assertThat(thrown).isNotNull();
    return thrown.kind();
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsUnavailableAndNobodyIsUnknown() {
    try (Database database = TestDatabase.fresh()) {
      database.jdbc().sql("alter table campus_person rename to elsewhere").update();
      assertThat(failure(database)).isEqualTo(ErrorKind.UNAVAILABLE);
    }
  }

  @Test
  void factsThatANewerRollcallWroteAreUnreadableNotHalfRead() {
    try (Database database = TestDatabase.fresh()) {
      database
          .jdbc()
          .sql(
              """
              insert into campus_person (instance, emplid, standing, facts, applied_timestamp,
                applied_message_id, applied_hash)
              values ('cs', '1', 'ADDED', '{"R": {"rows": [], "sealed": true}}', now(), 1, 'x')
              """)
          .update();
      assertThat(failure(database)).isEqualTo(ErrorKind.UNREADABLE);
    }
  }
}
