package dev.rollcall.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
  private static final PostgresHome HOME = new PostgresHome(Path.of("/srv/rollcall/postgres"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          could not write to file "x": No space left on device | the disk is full
          could not create directory "x": Read-only file system | the file system is read-only
          could not access directory "x": Permission denied | can not be written or entered
          could not look up effective user ID 1234: user does not exist | has no name
          could not bind IPv4 address "127.0.0.1": Address already in use | its port is taken
          """)
  void theLikelyCauseComesFirst(String output, String cause) {
    assertThat(Failures.name("It failed", output))
        .startsWith("It failed: ")
        .contains(cause, output);
  }

  @Test
  void aHomeThatCanNotBeWrittenIsNamed() {
    assertThat(Failures.of(HOME, new AccessDeniedException("/srv/rollcall")))
        .hasMessageContainingAll("/srv/rollcall/postgres", "can not be written")
        .hasMessageEndingWith(LocalPostgresException.WAY_OUT);
    assertThat(Failures.of(HOME, new IOException("No space left on device")))
        .hasMessageContaining("the disk is full");
  }
}
