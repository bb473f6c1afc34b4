package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.config.SettingsFile;
import dev.rollcall.web.Reloading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changed settings are taken whole or not at all. */
class ReloadTest {

  private static final String ADA = "0000000001";
  private static final String BOB = "0000000002";
  private static final String UPPER =
      WholePath.YAML
          + """
              useTransformation: yes
              transformation:
                First Name: first_name.upperAscii()
          """
              .indent(0);

  @TempDir private Path directory;

  private Reload reload(WholePath path, String yaml) throws IOException {
    Path file = directory.resolve("rollcall.yaml");
    Files.writeString(file, yaml);
    return new Reload(() -> new SettingsFile(Map.of()).read(file), path.settings, path.parts);
  }

  private static CampusMessages person(String emplid, String name) {
    return CampusMessages.added(emplid).name("A", "PRI", "2020-01-01", name, "Lee");
  }

  @Test
  void aChangedRuleIsInForceAtOnce() throws IOException {
    try (WholePath path = new WholePath()) {
      path.send(person(ADA, "Ada"));
      path.settle();
      assertThat(reload(path, UPPER).reload()).containsExactly("campus");
      path.send(person(BOB, "Bob"));
      path.settle();
      assertThat(path.value(ADA, "first_name")).isEqualTo("Ada");
      assertThat(path.value(BOB, "first_name")).isEqualTo("BOB");
    }
  }

  @Test
  void anItResourceThatIsSwitchedOffIsRefusedAtOnce() throws IOException {
    try (WholePath path = new WholePath()) {
      reload(path, WholePath.YAML + "    isActive: no\n").reload();
      assertThat(path.send(person(ADA, "Ada")).status()).isEqualTo(403);
    }
  }

  @Test
  void anotherNodeMaySendWhenItIsNamed() throws IOException {
    try (WholePath path = new WholePath()) {
      Map<String, String> first = Map.of("From", "PSFT_CS");
      Map<String, String> other = Map.of("From", "PSFT_CS_NEW");
      assertThat(path.send(person(ADA, "Ada"), first).status()).isEqualTo(200);
      assertThat(path.send(person(BOB, "Bob"), other).status()).isEqualTo(403);
      reload(path, WholePath.YAML + "    environment: PSFT_CS_NEW\n").reload();
      assertThat(path.send(person(BOB, "Bob"), other).status()).isEqualTo(200);
      assertThat(path.send(person(ADA, "Ada"), first).status()).isEqualTo(403);
    }
  }

  @Test
  void anInvalidFileChangesNothingAndAllItsProblemsAreTold() throws IOException {
    try (WholePath path = new WholePath()) {
      Reload reload = reload(path, UPPER + "    nonsense: 1\n    customQuery: Shoe Size=9\n");
      assertThatExceptionOfType(Reloading.Refused.class)
          .isThrownBy(reload::reload)
          .satisfies(refused ->
              assertThat(refused.problems())
                  .anySatisfy(line -> assertThat(line).contains("unknown setting"))
                  .anySatisfy(line -> assertThat(line).contains("customQuery"))
                  .hasSize(2));
      path.send(person(ADA, "Ada"));
      path.settle();
      assertThat(path.value(ADA, "first_name")).isEqualTo("Ada");
    }
  }

  @Test
  void whatNeedsARestartIsSaidAndNothingElseIsTakenEither() throws IOException {
    try (WholePath path = new WholePath()) {
      Reload reload = reload(path, UPPER + "http:\n  port: 1\n");
      assertThatExceptionOfType(Reloading.Refused.class)
          .isThrownBy(reload::reload)
          .withMessage("http cannot be changed without a restart; nothing was changed");
      path.send(person(ADA, "Ada"));
      path.settle();
      assertThat(path.value(ADA, "first_name")).isEqualTo("Ada");
    }
  }

  @Test
  void aWatchedDirectoryNeedsARestart() throws IOException {
    try (WholePath path = new WholePath()) {
      String watch = "watch: {directory: /in, archive: /out}".indent(4);
      assertThatExceptionOfType(Reloading.Refused.class)
          .isThrownBy(() -> reload(path, WholePath.YAML + watch).reload())
          .withMessageContaining("instances.campus.watch cannot be changed without a restart");
    }
  }

  @Test
  void aChangedNameOfThePublicationIsInForceAtOnce() throws IOException {
    try (WholePath path = new WholePath()) {
      var publication =
          new ByteArrayInputStream(
              "<SITE_PEOPLE><MsgData><Transaction></Transaction></MsgData></SITE_PEOPLE>"
                  .getBytes(StandardCharsets.UTF_8));
      reload(path, WholePath.YAML + "    messages: {fullSync: {names: [SITE_PEOPLE]}}\n").reload();
      var images = path.parts.fullLoad().publisher("campus").orElseThrow().images();
      assertThat(images.open(publication).next()).isPresent();
    }
  }
}
