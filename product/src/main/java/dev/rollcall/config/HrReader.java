package dev.rollcall.config;

import dev.rollcall.config.HrSettings.Mode;
import dev.rollcall.config.HrSettings.Okta;
import dev.rollcall.config.HrSettings.People;
import dev.rollcall.config.HrSettings.Queries;
import dev.rollcall.config.HrSettings.TableNames;
import dev.rollcall.model.InstanceState;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** Reads an instance of the route hr-to-okta. */
final class HrReader {

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private HrReader() {}

  static HrSettings read(
      String name, Section entry, Map<String, InstanceState> states, Secrets secrets) {
    Mode mode = entry.oneOf("mode", Map.of("queue", Mode.QUEUE, "view", Mode.VIEW), Mode.QUEUE);
    Duration every = entry.duration("every", Duration.ofSeconds(10));
    if (every.compareTo(SHORTEST) < 0) {
      entry.problemAt("every", "'%s.every' must be at least 1s".formatted(entry.path()));
    }
    HrSettings settings =
        new HrSettings(
            name,
            entry.named("source", "hr"),
            entry.oneOf("state", states, InstanceState.ON),
            mode,
            every.compareTo(SHORTEST) < 0 ? SHORTEST : every,
            entry.zone("timeZone", ZoneOffset.UTC),
            people(entry.section("database"), secrets),
            tables(entry.section("tables")),
            queries(entry.section("queries"), mode),
            TenantReader.tenants(entry.section("tenants"), secrets),
            typesFromTable(entry),
            IdentityReader.read(entry.section("identity")),
            okta(entry.section("okta")),
            TenantReader.budget(entry.section("budget")),
            GuardReader.read(entry.section("guard")));
    if (settings.tenants().isEmpty()) {
      entry.problemAt(
          "tenants",
          "'%s.tenants' needs an entry for the name the database calls itself, such as"
                  .formatted(entry.path())
              + " HRPRD: {url: https://example.okta.com, token: env:OKTA_TOKEN}");
    }
    return settings;
  }

  /** One or the other, never both (seed 000). */
  private static boolean typesFromTable(Section entry) {
    boolean table = entry.oneOf("identityTypes", Map.of("table", true, "settings", false), false);
    if (table && !entry.section("identity").section("types").sections().isEmpty()) {
      entry.problemAt(
          "identityTypes",
          "'%s.identityTypes' says table, and '%s.identity.types' has some: leave out one of them"
              .formatted(entry.path(), entry.path()));
    }
    return table;
  }

  private static People people(Section section, Secrets secrets) {
    Optional<Secret> url = secrets.address(section, "url").map(Secret::new);
    if (url.isEmpty()) {
      section.problemAt(
          "url",
          "'%s.url' is missing: jdbc:oracle:thin:@//host:1521/service, jdbc:sqlserver://host or"
                  .formatted(section.path())
              + " jdbc:postgresql://host/name");
    }
    People people =
        new People(
            url.orElse(new Secret("")),
            section.text("user").orElse(null),
            secrets.read(section, "password").orElse(null),
            section.number("connections", 4, 1, 64),
            section.text("environmentQuery").orElse(null));
    section.done();
    return people;
  }

  private static TableNames tables(Section section) {
    TableNames tables =
        new TableNames(
            section.text("header").orElse(null),
            section.text("lines").orElse(null),
            section.text("crossReference").orElse(null),
            section.text("identityTypes").orElse(null),
            section.section("columns").entries(),
            section.text("group").orElse(null));
    section.done();
    return tables;
  }

  private static Queries queries(Section section, Mode mode) {
    Queries queries =
        new Queries(
            section.text("person").orElse(null),
            section.text("identityTypes").orElse(null),
            section.text("everybody").orElse(null),
            section.text("changes").orElse(null));
    if (mode == Mode.VIEW && queries.changes() == null) {
      section.problemAt(
          "changes", "'%s.changes' is needed in the mode view".formatted(section.path()));
    }
    section.done();
    return queries;
  }

  private static Okta okta(Section section) {
    Okta okta =
        new Okta(
            section.flag("sendEmail", false),
            section.flag("loginIsEmail", true),
            section.duration("patience", Duration.ofSeconds(30)),
            section.number("atOnce", 8, 1, 64));
    section.done();
    return okta;
  }
}
