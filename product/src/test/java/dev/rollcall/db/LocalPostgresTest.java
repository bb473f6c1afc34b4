package dev.rollcall.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresTest {
  @TempDir Path home;

  @AfterEach
  void stop() {
    new LocalPostgres(home).stop();
  }

  @Test
  void aFirstStartMakesAServerAndASecondOneFindsIt() {
    LocalPostgres postgres = new LocalPostgres(home);
    assertThat(postgres.running()).isEmpty();
    LocalPostgres.Server first = postgres.ensureRunning();
    assertThat(postgres.running()).contains(first);
    assertThat(new LocalPostgres(home).ensureRunning()).isEqualTo(first);
    assertThat(postgres.stop()).isTrue();
    assertThat(postgres.stop()).isFalse();
    assertThat(postgres.running()).isEmpty();
    LocalPostgres.Server again = postgres.ensureRunning();
    assertThat(again.port()).isEqualTo(first.port());
    assertThat(again.pid()).isNotEqualTo(first.pid());
    assertThat(Files.exists(home.resolve("postgres/password"))).isTrue();
  }
}
