package dev.rollcall.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testing.TestDatabase;
import org.junit.jupiter.api.Test;

class DatabaseTest {
  @Test
  void aCommitIsOnDiskBeforeItIsAnswered() {
    try (Database database = TestDatabase.fresh()) {
      assertThat(setting(database, "fsync")).isEqualTo("on");
      assertThat(setting(database, "synchronous_commit")).isEqualTo("on");
      assertThat(setting(database, "full_page_writes")).isEqualTo("on");
      assertThat(setting(database, "data_checksums")).isEqualTo("on");
    }
  }

  private static String setting(Database database, String name) {
    return database.jdbc().sql("show " + name).query(String.class).single();
  }
}
