package dev.rollcall.config;

import dev.rollcall.access.SenderRule;
import dev.rollcall.config.Settings.InstanceSettings;
import dev.rollcall.config.Settings.MessageSettings;
import dev.rollcall.model.InstanceState;
import dev.rollcall.plan.CampusDefaults;
import dev.rollcall.plan.Mapping;
import dev.rollcall.plan.Tables;
import dev.rollcall.plan.rule.Exclusion;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code instances}: the guide's configuration lookup and what hangs below it. */
final class InstancesReader {

  private static final List<String> SYNC =
      List.of("SCC_CONSTITUENT_SYNC", "SCC_CONSTITUENT_SYNC.v1");
  private static final List<String> FULL_SYNC = List.of("SCC_CONSTITUENT_FULLSYNC");
  private static final String DATE_FORMAT = "yyyy-MM-dd";
  private static final Map<String, InstanceState> STATES =
      Arrays.stream(InstanceState.values())
          .collect(Collectors.toMap(InstanceState::code, state -> state));
  private static final String ID = "User ID";
  private static final String ID_PATTERN = "User ID[PATTERN]";

  private InstancesReader() {}

  /** The instances of all routes, each in the order of the file. */
  record Read(List<InstanceSettings> campus, List<HrSettings> hr, List<HcmRouteSettings> hcm) {}

  private enum Route {
    CAMPUS_TO_REPOSITORY,
    HR_TO_OKTA,
    HCM_TO_OKTA
  }

  private static final Map<String, Route> ROUTES =
      Map.of(
          "campus-to-repository",
          Route.CAMPUS_TO_REPOSITORY,
          "hr-to-okta",
          Route.HR_TO_OKTA,
          "hcm-to-okta",
          Route.HCM_TO_OKTA);

  static Read read(Section section, Secrets secrets) {
    List<InstanceSettings> instances = new ArrayList<>();
    List<HrSettings> hr = new ArrayList<>();
    List<HcmRouteSettings> hcm = new ArrayList<>();
    Set<String> resources = new HashSet<>();
    Map<String, String> sources = new HashMap<>();
    Map<Path, String> places = new HashMap<>();
    section
        .sections()
        .forEach((name, entry) -> {
          switch (entry.oneOf("route", ROUTES, Route.CAMPUS_TO_REPOSITORY)) {
            case CAMPUS_TO_REPOSITORY -> {
              InstanceSettings instance = instance(name, entry, secrets);
              instances.add(instance);
              if (!instance.itResource().isBlank() && !resources.add(instance.itResource())) {
                entry.problemAt(
                    "itResource",
                    "IT resource '"
                        + instance.itResource()
                        + "' selects another instance already; each needs its own");
              }
              checkSource(name, instance.source(), entry, sources);
              WatchReader.checkOwn(entry, name, instance.watch(), places);
            }
            case HR_TO_OKTA -> {
              HrSettings one = HrReader.read(name, entry, STATES, secrets);
              hr.add(one);
              checkSource(name, one.source(), entry, sources);
            }
            case HCM_TO_OKTA -> {
              HcmRouteSettings one = HcmReader.read(name, entry, STATES, secrets);
              hcm.add(one);
              checkSource(name, one.source(), entry, sources);
            }
          }
          entry.done();
        });
    return new Read(instances, hr, hcm);
  }

  private static void checkSource(
      String name, String source, Section entry, Map<String, String> sources) {
    String other = sources.putIfAbsent(source, name);
    if (other != null) {
      entry.problemAt(
          "source",
          "source '%s' is that of instance '%s' already; each needs its own, because people"
                  .formatted(source, other)
              + " and links are known by it");
    }
  }

  private static InstanceSettings instance(String name, Section entry, Secrets secrets) {
    entry.oneOf("targetDateFormat", Map.of(DATE_FORMAT, DATE_FORMAT), DATE_FORMAT);
    String matchAlso = entry.text("matchAlso").orElse(null);
    List<String> expected = entry.texts("expected", List.of());
    TablesReader tables =
        new TablesReader(
            exclusion(entry.section("exclusionList")),
            matchAlso,
            entry.flag("createOnChange", false),
            entry.oneOf("startDate", Map.of("guide", false, "earliestPrimary", true), false),
            expected);
    Section messages = entry.section("messages");
    MessageSettings sync =
        message(
            messages.section("sync"), entry, SYNC, CampusDefaults.syncAttributes(), true, tables);
    MessageSettings fullSync =
        message(
            messages.section("fullSync"),
            entry,
            FULL_SYNC,
            CampusDefaults.fullSyncAttributes(),
            false,
            tables);
    messages.done();
    checkMatchAlso(entry, matchAlso, sync.tables().mapping(), fullSync.tables().mapping());
    checkExpected(entry, expected, sync.tables().mapping(), fullSync.tables().mapping());
    return new InstanceSettings(
        name,
        entry.named("source", "campus"),
        entry.oneOf("state", STATES, InstanceState.ON),
        entry.required("itResource"),
        entry.flag("isActive", true),
        senders(entry.section("listener"), secrets),
        entry.oneOrMore("environment"),
        sync,
        fullSync,
        entry.flag("ignoreRootAuditAction", false),
        matchAlso,
        GuardReader.read(entry.section("guard")),
        entry.flag("rolesOnTheFly", true),
        entry.zone("timeZone", ZoneOffset.UTC),
        entry.has("watch") ? WatchReader.read(entry.section("watch")) : null);
  }

  private static SenderRule senders(Section section, Secrets secrets) {
    Optional<String> user = section.text("user");
    Optional<Secret> password = secrets.read(section, "password");
    SenderRule senders =
        new SenderRule(
            user.orElse(null),
            password.map(Secret::reveal).orElse(null),
            HttpReader.networks(section, "allow"));
    if (user.isPresent() != password.isPresent()) {
      section.problemAt(
          user.isPresent() ? "user" : "password",
          "'%s' needs a user and a password, or neither".formatted(section.path()));
    }
    if (user.filter(name -> name.isBlank() || name.contains(":")).isPresent()) {
      section.problemAt(
          "user", "'%s.user' must not be blank and has no colon".formatted(section.path()));
    }
    section.done();
    return senders;
  }

  private static MessageSettings message(
      Section own,
      Section common,
      List<String> names,
      Map<String, String> attributes,
      boolean keepsAbsent,
      TablesReader reader) {
    List<String> taken = own.texts("names", names);
    if (taken.isEmpty() || taken.stream().anyMatch(String::isBlank)) {
      own.problemAt("names", "'" + own.path() + ".names' needs at least one name and no blank one");
      taken = names;
    }
    Layered layered = new Layered(own, common);
    String dataNode = layered.text("dataNodeName").orElse("Transaction");
    if (dataNode.isBlank()) {
      layered.problemAt("dataNodeName", "must not be blank");
    }
    Map<String, Boolean> absent = new LinkedHashMap<>();
    absent.put("keep", true);
    absent.put("disable", false);
    boolean keeps = layered.oneOf("absentAffiliations", absent, keepsAbsent);
    Tables tables = reader.read(layered, attributes);
    own.done();
    return new MessageSettings(taken, dataNode, keeps, tables);
  }

  private static Exclusion exclusion(Section section) {
    Set<String> ids = Exclusion.ids(section.text(ID, ""));
    Optional<String> pattern = section.text(ID_PATTERN);
    section.done();
    List<Pattern> patterns = new ArrayList<>();
    try {
      pattern.filter(text -> !text.isBlank()).map(Exclusion::pattern).ifPresent(patterns::add);
    } catch (IllegalArgumentException wrong) {
      section.problemAt(
          ID_PATTERN, "'%s.%s' %s".formatted(section.path(), ID_PATTERN, wrong.getMessage()));
    }
    return new Exclusion(ids, patterns);
  }

  private static void checkExpected(
      Section entry, List<String> expected, Mapping sync, Mapping fullSync) {
    Set<String> allowed = new LinkedHashSet<>(sync.attributeNames());
    allowed.retainAll(fullSync.attributeNames());
    for (String attribute : expected) {
      if (!allowed.contains(attribute)) {
        entry.problemAt(
            "expected",
            "'%s.expected' names '%s' but must name attributes that both messages map: %s"
                .formatted(entry.path(), attribute, String.join(", ", allowed)));
      }
    }
  }

  private static void checkMatchAlso(
      Section entry, @Nullable String matchAlso, Mapping sync, Mapping fullSync) {
    Set<String> allowed = new LinkedHashSet<>(sync.searchableNames());
    allowed.retainAll(fullSync.searchableNames());
    if (matchAlso != null && !allowed.contains(matchAlso)) {
      entry.problemAt(
          "matchAlso",
          "'%s.matchAlso' is '%s' but must be an attribute that both messages map: %s"
              .formatted(entry.path(), matchAlso, String.join(", ", allowed)));
    }
  }
}
