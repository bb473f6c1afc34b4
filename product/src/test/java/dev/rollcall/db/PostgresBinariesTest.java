package dev.rollcall.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PostgresBinariesTest {
  @Test
  void theVersionIsThatOfTheArchiveOnTheClassPath() {
    assertThat(PostgresBinaries.class.getResource(PostgresBinaries.ARCHIVE).toString())
        .contains("-" + PostgresBinaries.VERSION + ".jar!");
  }

  @Test
  void onlyLinuxOnAmd64IsServed() {
    assertThatCode(() -> PostgresBinaries.refuseOtherPlatforms("Linux", "amd64"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> PostgresBinaries.refuseOtherPlatforms("Mac OS X", "aarch64"))
        .isInstanceOf(LocalPostgresException.class)
        .hasMessageContainingAll("Mac OS X", "aarch64", "database.url", "ROLLCALL_DATABASE_URL");
  }

  @Test
  void aHomeThatAShellWouldMisreadIsRefused() {
    assertThatThrownBy(() -> new LocalPostgres(Path.of("/srv/$HOME")))
        .isInstanceOf(LocalPostgresException.class)
        .hasMessageContainingAll("/srv/$HOME", "ROLLCALL_DATABASE_URL");
  }
}
