package dev.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.config.Settings.InstanceSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a settings file says, and how it is told that it says something wrong. */
class SettingsFileTest {

  private static final String ONE =
      """
      instances:
        campus:
          itResource: PSFT Campus
      """;

  private static Settings parse(String yaml) {
    return new SettingsFile(Map.of()).parse("rollcall.yaml", yaml);
  }

  private static void assertProblems(String yaml, String... problems) {
    assertThatThrownBy(() -> parse(yaml))
        .isInstanceOf(InvalidSettings.class)
        .hasMessage(String.join("\n", problems));
  }

  @Test
  void whatIsNotSetHasItsDefault() {
    Settings settings = parse(ONE);

    assertThat(settings.database())
        .isEqualTo(new Settings.DatabaseSettings("local", "rollcall", null, null, List.of()));
    assertThat(settings.http())
        .isEqualTo(new Settings.HttpSettings("127.0.0.1", 8480, null, null, List.of()));
    assertThat(settings.listener())
        .isEqualTo(new Settings.ListenerSettings("Location", 16 << 20, 64, 1 << 20));
    assertThat(settings.engine())
        .isEqualTo(
            new Settings.EngineTuning(500, 2, Duration.ofSeconds(15), Duration.ofMillis(200)));
    assertThat(settings.keep())
        .isEqualTo(
            new Settings.KeepSettings(
                Duration.ofDays(400), Duration.ofDays(90), Duration.ofHours(7 * (365 * 24 + 6))));
    assertThat(settings.demo()).isFalse();
    assertThat(settings.simulators()).isEmpty();
    assertThat(settings.instances()).extracting(InstanceSettings::name).containsExactly("campus");
  }

  @Test
  void everythingOutsideTheInstancesCanBeSet() {
    Settings settings =
        parse(
            """
            database: {url: 'jdbc:postgresql://db/rollcall', name: other, user: ann, password: pw}
            http: {address: 0.0.0.0, port: 0, token: tok, allowPlain: yes}
            listener: {itResourceHeader: X-IT, maxBytes: 2048, maxDepth: 9, maxTextBytes: 1024}
            engine: {claimSize: 7, claimsAtOnce: 3, lease: 1m, poll: PT2S}
            keep: {events: 30d, messages: P1D, audit: 100y}
            demo: yes
            simulators: {peoplesoft: 'http://localhost:1'}
            """);

    assertThat(settings.database().isLocal()).isFalse();
    assertThat(settings.database().user()).isEqualTo("ann");
    assertThat(settings.database().password()).isEqualTo(new Secret("pw"));
    assertThat(settings.http())
        .isEqualTo(new Settings.HttpSettings("0.0.0.0", 0, new Secret("tok"), null, List.of()));
    assertThat(settings.listener()).isEqualTo(new Settings.ListenerSettings("X-IT", 2048, 9, 1024));
    assertThat(settings.engine())
        .isEqualTo(new Settings.EngineTuning(7, 3, Duration.ofMinutes(1), Duration.ofSeconds(2)));
    assertThat(settings.keep())
        .isEqualTo(
            new Settings.KeepSettings(
                Duration.ofDays(30), Duration.ofDays(1), Durations.parse("100y")));
    assertThat(settings.demo()).isTrue();
    assertThat(settings.simulators())
        .isEqualTo(Map.of("peoplesoft", URI.create("http://localhost:1")));
  }

  @Test
  void everythingThatIsWrongIsToldAtOnceWithItsLine() {
    assertProblems(
        """
        engine:
          claimSize: many
          lease: 500ms
          poll: 0s
        instances:
          campus:
            itResource: A
            colour: red
            isActive: perhaps
            timeZone: Mars/Olympus
        """,
        "rollcall.yaml:2: 'engine.claimSize' is 'many' but must be a whole number from 1 to 10000",
        "rollcall.yaml:3: 'engine.lease' must be at least 1s",
        "rollcall.yaml:4: 'engine.poll' must be at least 10ms",
        "rollcall.yaml:8: unknown setting 'instances.campus.colour'; allowed here: "
            + "route, targetDateFormat, matchAlso, expected, exclusionList, createOnChange, startDate, "
            + "messages, dataNodeName, absentAffiliations, attributes, affiliations, reconFields, employeeStatus, "
            + "organization, userType, activeStatuses, blankStart, blankEnd, transformation, useTransformation, validation, "
            + "useValidation, customQueryFields, customQuery, source, state, itResource, "
            + "isActive, listener, environment, ignoreRootAuditAction, guard, rolesOnTheFly, timeZone",
        "rollcall.yaml:9: 'instances.campus.isActive' is 'perhaps' but must be yes or no",
        "rollcall.yaml:10: 'instances.campus.timeZone' is 'Mars/Olympus' but must be a time zone"
            + " such as UTC or America/Chicago");
  }

  @Test
  void plainHttpThatOthersCanReachNeedsTls() {
    for (String address : new String[] {"0.0.0.0", "10.1.2.3", "\"::\"", "rollcall.example.edu"}) {
      assertThatThrownBy(() -> parse("http:\n  address: " + address))
          .isInstanceOf(InvalidSettings.class)
          .hasMessageContaining("rollcall.yaml:2: 'http.address' is ")
          .hasMessageContaining("Set 'http.tls'")
          .hasMessageContaining("'http.allowPlain: yes'");
    }
    for (String address : new String[] {"127.0.0.1", "127.9.9.9", "localhost", "\"::1\""}) {
      assertThat(parse("http:\n  address: " + address).http().tls()).isNull();
    }
    assertThat(parse("http: {address: 0.0.0.0, allowPlain: yes}").http().tls()).isNull();
    assertThat(parse("http: {address: 0.0.0.0, tls: {keyStore: a.p12, password: x}}").http().tls())
        .isEqualTo(
            new Settings.TlsSettings.KeyStoreFile(
                Path.of("a.p12").toAbsolutePath(), new Secret("x")));
  }

  @Test
  void aCertificateIsOneFileOrTwo() {
    assertProblems(
        "http:\n  tls: {keyStore: a, certificate: b, key: c}",
        "rollcall.yaml:2: 'http.tls' has either 'keyStore' or 'certificate' and 'key', not both");
    assertProblems(
        "http:\n  tls: {keyStore: a}",
        "rollcall.yaml:2: 'http.tls.password' of the key store is missing");
    assertProblems("http:\n  tls: {certificate: a}", "rollcall.yaml:2: 'http.tls.key' is missing");
    assertProblems(
        "http:\n  tls: {password: a}", "rollcall.yaml:2: 'http.tls.certificate' is missing");
    assertProblems(
        "http:\n  tls: {}\n  address: 0.0.0.0",
        "rollcall.yaml:2: 'http.tls' is empty; it needs 'keyStore', or 'certificate' and 'key'");
  }

  @Test
  void addressesAreNumbersWithOrWithoutALength() {
    assertProblems(
        "http:\n  trustedProxies: [10.0.0.0/8, proxy.example.edu, 10.0.0.0/33, 10.0.0.0/x]",
        "rollcall.yaml:2: 'http.trustedProxies' has 'proxy.example.edu', but needs addresses such"
            + " as 10.1.2.3 or 10.0.0.0/8",
        "rollcall.yaml:2: 'http.trustedProxies' has '10.0.0.0/33', but needs addresses such as"
            + " 10.1.2.3 or 10.0.0.0/8",
        "rollcall.yaml:2: 'http.trustedProxies' has '10.0.0.0/x', but needs addresses such as"
            + " 10.1.2.3 or 10.0.0.0/8");
  }

  @Test
  void credentialsOfSendersAreWhole() {
    String one = ONE + "    listener: ";
    assertProblems(
        one + "{user: psft}",
        "rollcall.yaml:4: 'instances.campus.listener' needs a user and a password, or neither");
    assertProblems(
        one + "{password: x}",
        "rollcall.yaml:4: 'instances.campus.listener' needs a user and a password, or neither");
    assertProblems(
        one + "{user: 'a:b', password: x}",
        "rollcall.yaml:4: 'instances.campus.listener.user' must not be blank and has no colon");
  }

  @Test
  void howLongSomebodyStaysSignedInIsAtLeastAMinute() {
    assertProblems(
        "signIn:\n  idle: 5s\n  longest: 0s\n  failuresPerUser: 0",
        "rollcall.yaml:2: 'signIn.idle' must be at least 1m",
        "rollcall.yaml:3: 'signIn.longest' must be at least 1m",
        "rollcall.yaml:4: 'signIn.failuresPerUser' is '0' but must be a whole number from 1 to"
            + " 10000");
  }

  @Test
  void anItResourceSelectsOneInstance() {
    assertProblems(
        """
        instances:
          a:
            itResource: PSFT Campus
          b:
            source: b
            itResource: PSFT Campus
        """,
        "rollcall.yaml:6: IT resource 'PSFT Campus' selects another instance already; each needs"
            + " its own");
  }

  @Test
  void aSourceIsThatOfOneInstance() {
    assertProblems(
        """
        instances:
          a:
            itResource: A
            source: campus
          b:
            itResource: B
          c:
            itResource: C
            source: campus
          d:
            itResource: D
            source: d
        """,
        "rollcall.yaml:6: source 'campus' is that of instance 'a' already; each needs its own,"
            + " because people and links are known by it",
        "rollcall.yaml:9: source 'campus' is that of instance 'a' already; each needs its own,"
            + " because people and links are known by it");
  }

  @Test
  void anItResourceAndASourceAreNeitherMissingNorBlank() {
    assertProblems(
        "instances:\n  a:\n    source: a\n",
        "rollcall.yaml:3: 'instances.a.itResource' is missing");
    assertProblems(
        "instances:\n  a:\n    source: ' '\n    itResource:\n",
        "rollcall.yaml:3: 'instances.a.source' must not be blank",
        "rollcall.yaml:3: 'instances.a.itResource' is missing");
  }

  @Test
  void aSettingStandsOnce() {
    assertThatThrownBy(() -> parse("demo: yes\ndemo: no\n"))
        .isInstanceOf(InvalidSettings.class)
        .hasMessage("rollcall.yaml:2: 'demo' stands here twice");
  }

  @ParameterizedTest
  @CsvSource({
    "'a: [', rollcall.yaml:",
    "'a: \u0007', rollcall.yaml:1: not YAML",
    "'? [a]: b', rollcall.yaml:1: the name of a setting must be a text",
    "'http: 8480', rollcall.yaml:1: 'http' must be a mapping",
    "'http: {port: }', rollcall.yaml:1: 'http.port' is '' but must be",
    "'http: {port: 70000}', rollcall.yaml:1: 'http.port' is '70000' but must be",
    "'http: {port: [1]}', rollcall.yaml:1: 'http.port' must be",
    "'engine: {lease: 99999999999999999d}', rollcall.yaml:1: 'engine.lease' is",
    "'listener: {maxDepth: 5}', rollcall.yaml:1: 'listener.maxDepth' is '5' but must be",
    "'engine: {lease: soon}', rollcall.yaml:1: 'engine.lease' is",
    "'keep: {events: 0}', rollcall.yaml:1: 'keep.events' is '0' but must be a length of time",
    "'keep: {events: 0d}', rollcall.yaml:1: 'keep.events' is '0d' but must be",
    "'keep: {messages: 23h}', rollcall.yaml:1: 'keep.messages' is '23h' but must be",
    "'keep: {messages: -90d}', rollcall.yaml:1: 'keep.messages' is '-90d' but must be",
    "'keep: {audit: 7}', rollcall.yaml:1: 'keep.audit' is '7' but must be",
    "'keep: {audit: 7q}', rollcall.yaml:1: 'keep.audit' is '7q' but must be",
    "'keep: {audit: 12m}', rollcall.yaml:1: 'keep.audit' is '12m' but must be",
    "'keep: {audit: 101y}', rollcall.yaml:1: 'keep.audit' is '101y' but must be",
    "'keep: {audit: 999999999999999999y}', rollcall.yaml:1: 'keep.audit' is",
    "'keep: {identities: 1d}', rollcall.yaml:1: unknown setting 'keep.identities'",
    "'database: {url: mysql://h/d}', rollcall.yaml:1: 'database.url' must be",
    "'simulators: {x: ''not an address''}', rollcall.yaml:1: 'simulators.x' must be"
  })
  void whatIsWrongIsAProblemAndNeverACrash(String yaml, String problem) {
    assertThatThrownBy(() -> parse(yaml))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageStartingWith(problem);
  }

  @Test
  void theEnvironmentWins() {
    SettingsFile file =
        new SettingsFile(
            Map.of(
                "ROLLCALL_DATABASE_URL", "jdbc:postgresql://outside/r",
                "ROLLCALL_DATABASE_USER", "outsider",
                "ROLLCALL_DATABASE_PASSWORD", "from outside",
                "ROLLCALL_TOKEN", "token from outside"));
    Settings settings =
        file.parse(
            "rollcall.yaml",
            "database: {url: local, user: ann, password: pw}\nhttp: {token: tok}\n");

    assertThat(settings.database())
        .isEqualTo(
            new Settings.DatabaseSettings(
                "jdbc:postgresql://outside/r",
                "rollcall",
                "outsider",
                new Secret("from outside"),
                List.of()));
    assertThat(settings.http().token()).isEqualTo(new Secret("token from outside"));
  }

  @Test
  void aSecretIsNeverPrinted(@TempDir Path directory) throws Exception {
    Path kept = directory.resolve("password");
    Files.writeString(kept, "hidden in a file\n");
    Settings settings =
        new SettingsFile(Map.of("TOKEN", "hidden outside"))
            .parse(
                "rollcall.yaml",
                "database: {password: 'file:%s'}\nhttp: {token: 'env:TOKEN'}\n".formatted(kept));

    assertThat(settings.database().password()).isEqualTo(new Secret("hidden in a file"));
    assertThat(settings.http().token()).isEqualTo(new Secret("hidden outside"));
    assertThat(settings.toString()).contains("password=***", "token=***").doesNotContain("hidden");
  }

  @Test
  void aSecretThatIsNotThereIsAProblem() {
    assertProblems(
        "http: {token: 'env:NOBODY'}\n", "rollcall.yaml:1: the environment has no NOBODY");
  }

  @Test
  void aFileThatIsNotThereIsAProblem(@TempDir Path directory) {
    Path missing = directory.resolve("none.yaml");

    assertThatThrownBy(() -> new SettingsFile(Map.of()).read(missing))
        .isInstanceOf(InvalidSettings.class)
        .hasMessage(missing + ":1: there is no such file");
  }
}
