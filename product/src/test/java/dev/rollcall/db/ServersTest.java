package dev.rollcall.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which servers are one. */
class ServersTest {

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.1.2.4, false",
    "10.1.2.3, 10x1y2.3, false",
    "10.1.0.0/16, 10.1.255.255, true",
    "10.1.0.0/16, 10.2.0.0, false",
    "10.1.2.128/25, 10.1.2.127, false",
    "10.1.2.128/25, 10.1.2.129, true",
    "0.0.0.0/0, 10.1.2.3, true",
    "0.0.0.0/0, db-1, false",
    "fd00::/8, fd12::1, true",
    "fd00::/8, fe00::1, false",
    "fd00::/8, 10.1.2.3, false",
    "db-1, DB-1, true",
    "db-*, db-2.example.edu, true",
    "db-*, other, false",
    "*, anything, true"
  })
  void anEntryStandsForWhatItSays(String entry, String server, boolean fits) {
    assertThat(new Servers(List.of(entry)).areOne(server, server)).isEqualTo(fits);
  }

  @ParameterizedTest
  @CsvSource({"a, b, true", "a, c, false", "c, a, false"})
  void bothHaveToBeAmongThem(String one, String other, boolean same) {
    assertThat(new Servers(List.of("a", "b")).areOne(one, other)).isEqualTo(same);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.0.0/", "10.1.0.0/33", "10.1.0.0/-1", "db/8", "10.1.x.0/8"})
  void whatIsNoServerIsRefused(String entry) {
    assertThatIllegalArgumentException().isThrownBy(() -> Servers.check(entry));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.0.0/32", "fd00::/128", "db-1", "*", "10.1.2.3"})
  void whatIsOneIsTaken(String entry) {
    Servers.check(entry);
    assertThat(new Servers(List.of(entry)).entries()).containsExactly(entry);
  }
}
