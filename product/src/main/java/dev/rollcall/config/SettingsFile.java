package dev.rollcall.config;

import dev.rollcall.access.AccessSettings;
import dev.rollcall.config.Settings.DatabaseSettings;
import dev.rollcall.config.Settings.EngineTuning;
import dev.rollcall.config.Settings.KeepSettings;
import dev.rollcall.config.Settings.ListenerSettings;
import dev.rollcall.config.Settings.LogFormat;
import dev.rollcall.config.Settings.LogSettings;
import dev.rollcall.db.Servers;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code rollcall.yaml} and the environment into {@link Settings}, all of it or nothing. */
public final class SettingsFile {

  private static final int MB = 1024 * 1024;
  private static final String LOCAL = "local";
  private static final Map<String, LogFormat> FORMATS =
      new TreeMap<>(Map.of("text", LogFormat.TEXT, "json", LogFormat.JSON));
  private static final List<String> LEVELS = List.of("error", "warn", "info", "debug");

  private final Map<String, String> environment;

  /**
   * @param environment wins over the file: {@code ROLLCALL_DATABASE_URL}, {@code
   *     ROLLCALL_DATABASE_USER}, {@code ROLLCALL_DATABASE_PASSWORD}, {@code ROLLCALL_TOKEN}
   */
  public SettingsFile(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * Reads a file.
   *
   * @throws InvalidSettings with everything that is wrong, each with its line
   */
  public Settings read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (NoSuchFileException missing) {
      throw new InvalidSettings(List.of(new Problem(file.toString(), 1, "there is no such file")));
    } catch (IOException unreadable) {
      throw new InvalidSettings(
          List.of(new Problem(file.toString(), 1, "cannot be read: " + unreadable.getMessage())));
    }
  }

  Settings parse(String file, String yaml) {
    return parse(new Reading(file), file, yaml);
  }

  Settings parse(Reading reading, String file, String yaml) {
    Section root = new Section(reading, "", compose(file, yaml));
    Secrets secrets = new Secrets(environment);
    InstancesReader.Read instances = InstancesReader.read(root.section("instances"), secrets);
    Settings settings =
        new Settings(
            database(root.section("database"), secrets),
            HttpReader.read(root.section("http"), secrets),
            signIn(root.section("signIn")),
            listener(root.section("listener")),
            engine(root.section("engine")),
            keep(root.section("keep")),
            log(root.section("log")),
            root.flag("demo", false),
            simulators(root.section("simulators")),
            instances.campus(),
            instances.hr(),
            instances.hcm(),
            List.of());
    root.done();
    if (!reading.problems().isEmpty()) {
      throw new InvalidSettings(reading.problems());
    }
    return settings.told(reading.told());
  }

  /**
   * The file as nodes that know where they stand; what is told of a broken one repeats no value.
   */
  static @Nullable Node compose(String file, String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try {
      return new Yaml(options).compose(new StringReader(yaml));
    } catch (MarkedYAMLException broken) {
      int line = broken.getProblemMark() == null ? 1 : broken.getProblemMark().getLine() + 1;
      throw new InvalidSettings(
          List.of(new Problem(file, line, "not YAML: " + withoutValues(broken.getProblem()))));
    } catch (YAMLException broken) {
      throw new InvalidSettings(List.of(new Problem(file, 1, "not YAML: " + broken.getMessage())));
    }
  }

  /** A password that begins with one of these is taken for something else, and would be named. */
  private static String withoutValues(String problem) {
    for (String beginning : List.of("found undefined alias", "found undefined tag handle")) {
      if (problem.startsWith(beginning)) {
        return beginning + "; a text that begins with * or ! has to stand in quotation marks";
      }
    }
    return problem;
  }

  private static DatabaseSettings database(Section section, Secrets secrets) {
    String url = secrets.address(section, "url", "ROLLCALL_DATABASE_URL", LOCAL).orElse(LOCAL);
    if (!url.equals(LOCAL) && !url.startsWith("jdbc:postgresql:")) {
      section.problemAt(
          "url", "'database.url' must be local or jdbc:postgresql://host:5432/rollcall");
    }
    Optional<String> user = section.text("user");
    Optional<Secret> password = secrets.read(section, "password", "ROLLCALL_DATABASE_PASSWORD");
    DatabaseSettings settings =
        new DatabaseSettings(
            url,
            section.text("name", "rollcall"),
            secrets
                .environment(section, "user", "ROLLCALL_DATABASE_USER")
                .or(() -> user)
                .orElse(null),
            password.orElse(null),
            servers(section));
    section.done();
    return settings;
  }

  private static List<String> servers(Section section) {
    List<String> servers = section.oneOrMore("servers");
    for (String server : servers) {
      try {
        Servers.check(server);
      } catch (IllegalArgumentException wrong) {
        section.problemAt("servers", "'database.servers': '" + server + "' " + wrong.getMessage());
      }
    }
    return servers;
  }

  private static AccessSettings signIn(Section section) {
    AccessSettings usual = AccessSettings.defaults();
    AccessSettings settings =
        new AccessSettings(
            section.duration("idle", usual.idle()),
            section.duration("longest", usual.longest()),
            section.number("failuresPerUser", usual.failuresPerUser(), 1, 10_000),
            section.number("failuresPerAddress", usual.failuresPerAddress(), 1, 10_000),
            section.duration("window", usual.window()));
    atLeastAMinute(section, "idle", settings.idle());
    atLeastAMinute(section, "longest", settings.longest());
    atLeastAMinute(section, "window", settings.window());
    section.done();
    return settings;
  }

  private static void atLeastAMinute(Section section, String key, Duration length) {
    if (length.compareTo(Duration.ofMinutes(1)) < 0) {
      section.problemAt(key, "'signIn." + key + "' must be at least 1m");
    }
  }

  private static ListenerSettings listener(Section section) {
    ListenerSettings settings =
        new ListenerSettings(
            section.text("itResourceHeader", "Location"),
            section.number("maxBytes", 16 * MB, 1024, 1024 * MB),
            section.number("maxDepth", 64, 6, 1000),
            section.number("maxTextBytes", MB, 1024, 64 * MB));
    section.done();
    return settings;
  }

  private static EngineTuning engine(Section section) {
    EngineTuning tuning =
        new EngineTuning(
            section.number("claimSize", 500, 1, 10_000),
            section.number("claimsAtOnce", 2, 1, 64),
            section.duration("lease", Duration.ofSeconds(15)),
            section.duration("poll", Duration.ofMillis(200)));
    if (tuning.lease().compareTo(Duration.ofSeconds(1)) < 0) {
      section.problemAt("lease", "'engine.lease' must be at least 1s");
    }
    if (tuning.poll().compareTo(Duration.ofMillis(10)) < 0) {
      section.problemAt("poll", "'engine.poll' must be at least 10ms");
    }
    section.done();
    return tuning;
  }

  private static KeepSettings keep(Section section) {
    KeepSettings keep =
        new KeepSettings(
            section.age("events", Durations.parse("400d")),
            section.age("messages", Durations.parse("90d")),
            section.age("audit", Durations.parse("7y")));
    section.done();
    return keep;
  }

  private static LogSettings log(Section section) {
    LogSettings settings =
        new LogSettings(
            section.oneOf("format", FORMATS, LogFormat.TEXT),
            section.text("level").map(level -> level.toLowerCase(Locale.ROOT)).orElse(null),
            section.flag("exceptionTexts", false));
    String level = settings.level();
    if (level != null && !LEVELS.contains(level)) {
      section.problemAt("level", "'log.level' must be one of " + String.join(", ", LEVELS));
    }
    section.done();
    return settings;
  }

  private static Map<String, URI> simulators(Section section) {
    Map<String, URI> simulators = new LinkedHashMap<>();
    section
        .entries()
        .forEach((name, url) -> {
          try {
            simulators.put(name, URI.create(url));
          } catch (IllegalArgumentException wrong) {
            section.problemAt(name, "'simulators." + name + "' must be an http address");
          }
        });
    return simulators;
  }
}
