package dev.rollcall.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.db.Database;
import dev.rollcall.db.Servers;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Facts;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.Source;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.SharedDatabase;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A copy of a source is not taken for the source. */
class SourceLockTest {

  private static final Optional<String> PROD = Optional.of("PSFT_CS");
  private static final Optional<String> TEST = Optional.of("PSFT_CS_TST");

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T12:00:00Z"));
  private final Database database = SharedDatabase.emptied();

  private SourceLock lock(Map<String, List<String>> named) {
    return new SourceLock(database.jdbc(), clock, named);
  }

  private static SourceLock named(SourceLock lock, String... names) {
    lock.replaceNames(Map.of("campus", List.of(names)));
    return lock;
  }

  @Test
  void theFirstSenderIsRememberedForAllProcessesAndAnotherIsRefused() {
    SourceLock lock = lock(Map.of());
    assertThat(lock.objectionTo("campus", PROD)).isEmpty();
    assertThat(lock.objectionTo("campus", TEST)).as("nothing was stored yet").isEmpty();
    lock.remember("campus", "PSFT_CS");

    for (SourceLock process : List.of(lock, lock(Map.of()))) {
      assertThat(process.objectionTo("campus", PROD)).isEmpty();
      assertThat(process.objectionTo("campus", Optional.of("psft_cs"))).isEmpty();
      assertThat(process.objectionTo("campus", TEST).orElseThrow())
          .contains("PSFT_CS_TST", "PSFT_CS alone", "instances.campus.environment");
      assertThat(process.objectionTo("campus", Optional.empty())).isEmpty();
      assertThat(process.objectionTo("other", TEST)).as("each instance has its own").isEmpty();
    }
    assertThat(lock.standing("campus")).contains("PSFT_CS only", "is not set");
    assertThat(lock.standing("other")).contains("no node has sent yet");
  }

  @Test
  void ofTwoFirstSendersAtOnceOneIsRefused() {
    SourceLock one = lock(Map.of());
    SourceLock other = lock(Map.of());
    one.remember("campus", "PSFT_CS");
    assertThatExceptionOfType(SourceLock.OtherSender.class)
        .isThrownBy(() -> other.remember("campus", "PSFT_CS_TST"))
        .withMessageContaining("PSFT_CS alone");
    other.remember("campus", "PSFT_CS");
  }

  @Test
  void theNamesInTheSettingsWinOverTheFirst() {
    SourceLock lock = lock(Map.of());
    lock.remember("campus", "PSFT_CS");
    named(lock, "PSFT_CS_TST", "PSFT_CS_NEW");
    assertThat(lock.objectionTo("campus", TEST)).isEmpty();
    assertThat(lock.objectionTo("campus", PROD).orElseThrow())
        .contains("node PSFT_CS,", "PSFT_CS_TST, PSFT_CS_NEW only");
    assertThat(lock.objectionTo("campus", Optional.empty()).orElseThrow())
        .contains("does not say which node");
    assertThat(lock.standing("campus")).isEqualTo("messages of node PSFT_CS_TST, PSFT_CS_NEW only");
  }

  /** A database that says its own name, as connectors to come do. */
  private static Source calling(Optional<String> name) {
    return new Source() {
      @Override
      public Map<SubjectKey, Facts> fetch(Collection<SubjectKey> subjects) {
        return Map.of();
      }

      @Override
      public List<SubjectKey> known(@Nullable String after, int limit) {
        return List.of();
      }

      @Override
      public Optional<String> environment() {
        return name;
      }
    };
  }

  @Test
  void aSourceWhoseNameIsNotInTheSettingsIsNotWorked() {
    SourceLock lock = lock(Map.of());
    Source test = calling(Optional.of("HRTST"));
    assertThat(lock.objectionTo("hr", test).orElseThrow())
        .contains("calls itself HRTST", "set instances.hr.environment");
    lock.replaceNames(Map.of("hr", List.of("HRPRD")));
    assertThat(lock.objectionTo("hr", test).orElseThrow()).contains("allows HRPRD only");
    assertThat(lock.objectionTo("hr", calling(Optional.of("hrprd")))).isEmpty();
    assertThat(lock.objectionTo("hr", calling(Optional.empty()))).isEmpty();
  }

  @Test
  void aSourceThatCannotBeAskedIsNotWorked() {
    Source away =
        new Source() {
          @Override
          public Map<SubjectKey, Facts> fetch(Collection<SubjectKey> subjects) {
            return Map.of();
          }

          @Override
          public List<SubjectKey> known(@Nullable String after, int limit) {
            return List.of();
          }

          @Override
          public Optional<String> environment() {
            throw new ConnectorException(ErrorKind.UNAVAILABLE, "no route to host", null);
          }
        };
    assertThat(lock(Map.of()).objectionTo("hr", away).orElseThrow())
        .contains("could not be asked", "no route to host");
  }

  @Test
  void theGateLooksAtTheDatabaseAndAtTheSource() {
    SourceLock sources = lock(Map.of("hr", List.of("HRPRD")));
    EnvironmentLock environment = new EnvironmentLock(database, clock, "a", Servers.none());
    WorkGate gate =
        new WorkGate(
            environment,
            sources,
            Map.of("hr", calling(Optional.of("HRTST")), "campus", calling(Optional.empty())));
    assertThat(gate.objection("campus")).isEmpty();
    assertThat(gate.objection("hr").orElseThrow()).contains("HRTST");
    WorkGate copied =
        new WorkGate(new EnvironmentLock(database, clock, "b", Servers.none()), sources, Map.of());
    assertThat(copied.objection("campus").orElseThrow()).contains("bound to a");
  }
}
