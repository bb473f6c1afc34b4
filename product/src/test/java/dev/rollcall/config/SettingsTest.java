package dev.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.access.AccessSettings;
import dev.rollcall.access.Network;
import dev.rollcall.access.SenderRule;
import dev.rollcall.config.Settings.InstanceSettings;
import dev.rollcall.config.Settings.TlsSettings;
import dev.rollcall.model.Account;
import dev.rollcall.model.InstanceState;
import dev.rollcall.plan.AttributeRule;
import dev.rollcall.plan.CampusDefaults;
import dev.rollcall.plan.Counting;
import dev.rollcall.plan.Mapping;
import dev.rollcall.plan.rule.Exclusion;
import dev.rollcall.plan.rule.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the settings are when nothing is set, and when everything is. */
class SettingsTest {

  static final String FULL =
      """
      database: {url: "jdbc:postgresql://db/rollcall", name: other, user: u, password: p, servers: [db-*, 10.1.0.0/16]}
      http:
        address: 0.0.0.0
        port: 9000
        token: t
        tls: {certificate: /c.pem, key: /k.pem, password: kp}
        allowPlain: no
        trustedProxies: [10.0.0.0/8, "::1"]
      signIn: {idle: 5m, longest: 1h, failuresPerUser: 2, failuresPerAddress: 3, window: 2m}
      listener: {itResourceHeader: ITResource, maxBytes: 2048, maxDepth: 10, maxTextBytes: 1024}
      engine: {claimSize: 10, claimsAtOnce: 3, lease: 5s, poll: 1s}
      keep: {events: 30d, messages: 1d, audit: 10y}
      demo: yes
      simulators: {peoplesoft: "http://127.0.0.1:1"}
      instances:
        campus:
          route: campus-to-repository
          itResource: PSFT Campus
          isActive: no
          listener: {user: psft, password: pw, allow: [192.0.2.7]}
          state: off
          source: cs
          environment: PSFT_CS
          timeZone: America/Chicago
          ignoreRootAuditAction: yes
          createOnChange: yes
          targetDateFormat: yyyy-MM-dd
          startDate: earliestPrimary
          matchAlso: campus_id
          rolesOnTheFly: no
          activeStatuses: [A, CURRENT]
          blankStart: notStarted
          absentAffiliations: disable
          watch:
            directory: /data/campus/../incoming
            archive: /data/archive
            every: 5m
            settle: 30s
          exclusionList:
            User ID: 0000000001|0000000002
            User ID[PATTERN]: "99.*"
          dataNodeName: Transaction
          organization: Students
          userType: Learner
          employeeStatus: Disabled
          attributes:
            Preferred Name: FIRST_NAME~SCC_PER_NAME_I~NAME_TYPE=PRF~EFFDT
            Home Phone: None
          reconFields:
            Nickname: Preferred Name
            Home Phone: None
          affiliations: Affiliation Code~Affiliation Status~Affiliation Description~Affiliation Start Date~Affiliation End Date~Institution
          customQuery: Nickname=Kev&Last Name=Doe
          customQueryFields:
            Nickname: nickname
          useTransformation: yes
          transformation:
            Nickname: nameCase(nickname)
          useValidation: yes
          validation:
            Email: email.contains("@")
          messages:
            sync:
              names: [SITE_CONSTITUENT_SYNC.v2]
            fullSync:
              names: [SITE_CONSTITUENT_FULLSYNC]
              dataNodeName: Person
              organization: Alumni
              blankEnd: over
              activeStatuses: [A]
              absentAffiliations: keep
              useTransformation: no
              validation:
                Email: None
        okta:
          route: hr-to-okta
          source: hr
          state: preview
          mode: view
          every: 30s
          timeZone: America/Chicago
          database: {url: "jdbc:oracle:thin:@//db/HRPRD", user: u, password: p, connections: 2, environmentQuery: select 1}
          tables: {header: H, lines: L, crossReference: X, identityTypes: T, columns: {OPRID: OPR}, group: CHG_GROUP}
          queries: {person: select p, identityTypes: select i, everybody: select e, changes: select c}
          tenants:
            HRPRD: {url: "https://univ.okta.com", clientId: c, privateKey: k, keyId: kid, scopes: [okta.users.manage], dpop: no}
            HRDEV: {url: "https://univ-dev.oktapreview.com", token: t}
          identityTypes: settings
          identity:
            types:
              STAFF: {login: "[First].[Last]@univ.edu", emails: [BUSN], phone: yes, begins: ACTIVE, groups: [Staff General]}
            attributes: {displayName: None, title: "[TITLE]"}
            correlation: employeeNumber
            loginNames: preferred
            renameLogin: yes
            leave: suspend
            leaveCodes: [L, P]
            inactiveCodes: [I]
            withoutJob: []
            ignoredTypes: [ALUMNI]
            moreGroups: [Library]
          okta: {sendEmail: yes, loginIsEmail: no, patience: 10s, atOnce: 3}
          budget: {reserve: 30, limits: {/api/v1/users: 600}}
        workers:
          route: hcm-to-okta
          source: hcm
          state: preview
          every: 2h
          leaversEvery: 30m
          timeZone: America/Chicago
          hcm: {url: "https://pod.fa.oraclecloud.com", user: u, password: p, reader: emps, framework: 2, version: latest, createdDays: 50, deactivatedDays: 5, filters: {LegalEntityId: "1"}, mostQuarantined: 3, collapsePercent: 5, patience: 10s}
          tenants:
            pod.fa.oraclecloud.com: {url: "https://univ.okta.com", token: t, identitySource: 0oaxc95befZNgrJl71d7, batchSize: 10, pageSize: 100, safeguardPercent: 30}
          okta: {patience: 20s}
          budget: {reserve: 10}
        elsewhere:
          route: hcm-to-okta
          source: hcm2
          hcm: {url: "https://test.fa.oraclecloud.com", tokenUrl: "https://idcs.example/oauth2/v1/token", clientId: c, clientSecret: s, scope: urn}
          tenants:
            Test.fa.oraclecloud.com: {url: "https://dev.okta.com", clientId: c, privateKey: k, identitySource: 0oaxc95befZNgrJl71d8}
      """;

  private static Settings read(String yaml) {
    return new SettingsFile(Map.of()).parse("rollcall.yaml", yaml);
  }

  private static InstanceSettings instance(String yaml) {
    return read(yaml).instances().getFirst();
  }

  @Test
  void anInstanceThatOnlyNamesItsItResourceIsTheGuidesConnector() {
    InstanceSettings instance = instance("instances: {campus: {itResource: PSFT Campus}}");
    assertThat(instance.source()).isEqualTo("campus");
    assertThat(instance.environment()).isEmpty();
    assertThat(instance.state()).isEqualTo(InstanceState.ON);
    assertThat(instance.active()).isTrue();
    assertThat(instance.ignoreRootAuditAction()).isFalse();
    assertThat(instance.matchAlso()).isNull();
    assertThat(instance.rolesOnTheFly()).isTrue();
    assertThat(instance.sync().keepsAbsentAffiliations()).isTrue();
    assertThat(instance.fullSync().keepsAbsentAffiliations()).isFalse();
    assertThat(instance.zone()).isEqualTo(ZoneOffset.UTC);
    assertThat(instance.sync().names())
        .containsExactly("SCC_CONSTITUENT_SYNC", "SCC_CONSTITUENT_SYNC.v1");
    assertThat(instance.fullSync().names()).containsExactly("SCC_CONSTITUENT_FULLSYNC");
    assertThat(instance.sync().dataNode()).isEqualTo("Transaction");
    assertThat(instance.sync().tables().mapping()).isEqualTo(Mapping.campusDefaults());
    assertThat(decodes(instance.fullSync().tables().mapping()))
        .isEqualTo(CampusDefaults.fullSyncAttributes());
    var planning = instance.sync().tables().settings();
    assertThat(planning.createOnChange()).isFalse();
    assertThat(planning.createdStatus()).isEqualTo(Account.Status.ENABLED);
    assertThat(planning.counting()).isEqualTo(new Counting(Set.of("A", "Active"), true, true));
    assertThat(planning.createdAttributes())
        .containsExactly(
            Map.entry("organization", "Xellerate Users"), Map.entry("user_type", "End-User"));
    var rules = instance.sync().tables().rules();
    assertThat(rules.exclusion()).isEqualTo(Exclusion.nobody());
    assertThat(rules.transformations()).isEmpty();
    assertThat(rules.validations()).isEmpty();
    assertThat(rules.query()).isEqualTo(Query.everybody());
  }

  private static Map<String, String> decodes(Mapping mapping) {
    return mapping.rules().stream()
        .collect(Collectors.toMap(AttributeRule::label, AttributeRule::text));
  }

  @Test
  void everySettingArrivesWhereItBelongs() {
    Settings settings = read(FULL);
    assertThat(settings.database().user()).isEqualTo("u");
    assertThat(settings.database().password()).isEqualTo(new Secret("p"));
    assertThat(settings.database().servers()).containsExactly("db-*", "10.1.0.0/16");
    assertThat(settings.http().port()).isEqualTo(9000);
    assertThat(settings.http().tls())
        .isEqualTo(
            new TlsSettings.PemFiles(Path.of("/c.pem"), Path.of("/k.pem"), new Secret("kp")));
    assertThat(settings.http().trustedProxies())
        .extracting(Network::toString)
        .containsExactly("10.0.0.0/8", "0:0:0:0:0:0:0:1/128");
    assertThat(settings.signIn())
        .isEqualTo(
            new AccessSettings(
                Duration.ofMinutes(5), Duration.ofHours(1), 2, 3, Duration.ofMinutes(2)));
    assertThat(settings.instances().getFirst().senders())
        .isEqualTo(new SenderRule("psft", "pw", List.of(Network.parse("192.0.2.7"))));
    assertThat(settings.toString()).doesNotContain("pw", "kp");
    assertThat(settings.listener().maxDepth()).isEqualTo(10);
    assertThat(settings.engine().claimsAtOnce()).isEqualTo(3);
    assertThat(settings.keep().events()).isEqualTo(Duration.ofDays(30));
    assertThat(settings.keep().messages()).isEqualTo(Duration.ofDays(1));
    assertThat(settings.keep().audit()).isEqualTo(Durations.parse("10y"));
    assertThat(settings.demo()).isTrue();
    assertThat(settings.simulators()).containsKey("peoplesoft");
    InstanceSettings instance = settings.instances().getFirst();
    assertThat(instance.source()).isEqualTo("cs");
    assertThat(instance.environment()).containsExactly("PSFT_CS");
    assertThat(instance.state()).isEqualTo(InstanceState.OFF);
    assertThat(instance.active()).isFalse();
    assertThat(instance.ignoreRootAuditAction()).isTrue();
    assertThat(instance.matchAlso()).isEqualTo("campus_id");
    assertThat(instance.rolesOnTheFly()).isFalse();
    assertThat(instance.sync().keepsAbsentAffiliations()).isFalse();
    assertThat(instance.fullSync().keepsAbsentAffiliations()).isTrue();
    assertThat(instance.zone()).isEqualTo(ZoneId.of("America/Chicago"));
    assertThat(instance.sync().names()).containsExactly("SITE_CONSTITUENT_SYNC.v2");
    assertThat(instance.fullSync().names()).containsExactly("SITE_CONSTITUENT_FULLSYNC");
    assertThat(instance.sync().dataNode()).isEqualTo("Transaction");
    assertThat(instance.fullSync().dataNode()).isEqualTo("Person");
  }

  @Test
  void everyTableArrivesForTheMessageItIsSetFor() {
    InstanceSettings instance = instance(FULL);
    var sync = instance.sync().tables();
    var full = instance.fullSync().tables();
    assertThat(sync.mapping().attributeNames()).contains("nickname").doesNotContain("phone");
    assertThat(sync.mapping().rules())
        .filteredOn(AttributeRule::earliest)
        .extracting(AttributeRule::attribute)
        .containsExactly("start_date");
    assertThat(sync.settings().createOnChange()).isTrue();
    assertThat(sync.settings().createdStatus()).isEqualTo(Account.Status.DISABLED);
    assertThat(sync.settings().createdAttributes()).containsEntry("organization", "Students");
    assertThat(sync.settings().counting())
        .isEqualTo(new Counting(Set.of("a", "current"), false, true));
    assertThat(full.settings().counting()).isEqualTo(new Counting(Set.of("a"), false, false));
    assertThat(full.settings().createdAttributes())
        .containsEntry("organization", "Alumni")
        .containsEntry("user_type", "Learner");
    assertThat(sync.rules().exclusion().ids()).isEqualTo(Set.of("0000000001", "0000000002"));
    assertThat(sync.rules().exclusion().patterns())
        .extracting(Pattern::pattern)
        .containsExactly("99.*");
    assertThat(sync.rules().transformations()).hasSize(1);
    assertThat(full.rules().transformations()).isEmpty();
    assertThat(sync.rules().validations()).hasSize(1);
    assertThat(full.rules().validations()).isEmpty();
    assertThat(sync.rules().query().alternatives())
        .isEqualTo(
            List.of(
                List.of(
                    new Query.Condition("nickname", "Kev"),
                    new Query.Condition("last_name", "Doe"))));
  }

  @Test
  void aListOfAffiliationFieldsLeavesOutWhatItDoesNotName() {
    Mapping mapping =
        instance(
                """
                instances:
                  campus:
                    itResource: PSFT Campus
                    affiliations: Affiliation Code~Affiliation Status~Institution
                """)
            .sync()
            .tables()
            .mapping();
    assertThat(mapping.rules())
        .filteredOn(rule -> rule.decode().resource() != null)
        .extracting(AttributeRule::attribute)
        .containsExactly("institution", "code", "status");
  }

  @Test
  void aWatchedDirectoryNeedsItsArchiveAndHasItsTimes() {
    assertThat(instance(FULL).watch())
        .isEqualTo(
            new Settings.WatchSettings(
                Path.of("/data/incoming"),
                Path.of("/data/archive"),
                Duration.ofMinutes(5),
                Duration.ofSeconds(30)));
    assertThat(
            instance(
                    "instances: {campus: {itResource: PSFT Campus, watch: {directory: /in, archive: /out}}}")
                .watch())
        .isEqualTo(
            new Settings.WatchSettings(
                Path.of("/in"), Path.of("/out"), Duration.ofMinutes(1), Duration.ofSeconds(10)));
    assertThat(instance("instances: {campus: {itResource: PSFT Campus}}").watch()).isNull();
  }

  @Test
  void aFieldIsTakenAwayOrRenamedInTheReconciliationFields() {
    Mapping mapping =
        instance(
                """
                instances:
                  campus:
                    itResource: PSFT Campus
                    reconFields:
                      Home Phone: None
                      Email: None
                      Mail: Email
                """)
            .sync()
            .tables()
            .mapping();
    assertThat(mapping.attributeNames()).contains("mail").doesNotContain("phone", "email");
  }

  @Test
  void anInstanceOfHcmToOktaHasItsOracleHcmAndAnIdentitySourceForEachHostOfIt() {
    HcmRouteSettings given = read(FULL).hcm().getFirst();
    HcmRouteSettings usual = read(FULL).hcm().getLast();

    assertThat(given.every()).isEqualTo(Duration.ofHours(2));
    assertThat(given.leaversEvery()).isEqualTo(Duration.ofMinutes(30));
    assertThat(given.hcm())
        .isEqualTo(
            new HcmRouteSettings.Hcm(
                java.net.URI.create("https://pod.fa.oraclecloud.com"),
                new HcmRouteSettings.SignIn.User("u", new Secret("p")),
                true,
                2,
                "latest",
                50,
                5,
                Map.of("LegalEntityId", "1"),
                3,
                5,
                Duration.ofSeconds(10)));
    assertThat(given.sources().get("pod.fa.oraclecloud.com"))
        .isEqualTo(
            new HcmRouteSettings.IdentitySource(
                new HrSettings.Tenant(
                    java.net.URI.create("https://univ.okta.com"),
                    new HrSettings.Credential.ApiToken(new Secret("t"))),
                "0oaxc95befZNgrJl71d7",
                10,
                100,
                30));
    assertThat(given.budget().reserve()).isEqualTo(10);
    assertThat(given.patience()).isEqualTo(Duration.ofSeconds(20));
    assertThat(usual.environments()).containsExactly("test.fa.oraclecloud.com");
    assertThat(usual.hcm().framework()).isEqualTo(4);
    assertThat(usual.hcm().signIn())
        .isEqualTo(
            new HcmRouteSettings.SignIn.Application(
                java.net.URI.create("https://idcs.example/oauth2/v1/token"),
                "c",
                new Secret("s"),
                "urn"));
  }

  @Test
  void anInstanceOfHrToOktaHasItsDatabaseAndATenantForEachNameOfIt() {
    HrSettings hr = read(FULL).hr().getFirst();

    assertThat(hr.name()).isEqualTo("okta");
    assertThat(hr.source()).isEqualTo("hr");
    assertThat(hr.state()).isEqualTo(InstanceState.PREVIEW);
    assertThat(hr.mode()).isEqualTo(HrSettings.Mode.VIEW);
    assertThat(hr.every()).isEqualTo(Duration.ofSeconds(30));
    assertThat(hr.zone()).isEqualTo(ZoneId.of("America/Chicago"));
    assertThat(hr.people().url().reveal()).isEqualTo("jdbc:oracle:thin:@//db/HRPRD");
    assertThat(hr.people().environment()).isEqualTo("select 1");
    assertThat(hr.tables().columns()).containsEntry("OPRID", "OPR");
    assertThat(hr.tables().group()).isEqualTo("CHG_GROUP");
    assertThat(hr.queries().changes()).isEqualTo("select c");
    assertThat(hr.environments()).containsExactly("HRDEV", "HRPRD");
    assertThat(hr.tenants().get("HRPRD"))
        .isEqualTo(
            new HrSettings.Tenant(
                java.net.URI.create("https://univ.okta.com"),
                new HrSettings.Credential.ServiceApp(
                    "c", new Secret("k"), "kid", Set.of("okta.users.manage"), false)));
    assertThat(hr.identity().types()).extracting(one -> one.code()).containsExactly("STAFF");
    assertThat(hr.identity().attributes()).containsKey("title").doesNotContainKey("displayName");
    assertThat(hr.identity().renameLogin()).isTrue();
    assertThat(hr.identity().managedGroups()).containsExactly("Staff General", "Library");
    assertThat(hr.typesFromTable()).isFalse();
    assertThat(hr.okta()).isEqualTo(new HrSettings.Okta(true, false, Duration.ofSeconds(10), 3));
    assertThat(hr.budget()).isEqualTo(new HrSettings.Budget(30, Map.of("/api/v1/users", 600)));
  }

  /** The path of a setting with NAME for every name that people choose. */
  static String named(String path) {
    return path.replaceAll("instances\\.(campus|okta|workers|elsewhere)\\.", "instances.NAME.")
        .replaceAll(
            "tenants\\.(HRPRD|HRDEV|(pod|Test)\\.fa\\.oraclecloud\\.com)\\.", "tenants.NAME.")
        .replace("types.STAFF.", "types.NAME.");
  }

  @Test
  void theKeysOfTheSchemaAreThoseThatAreAskedFor() {
    Reading reading = new Reading("rollcall.yaml");
    new SettingsFile(Map.of()).parse(reading, "rollcall.yaml", FULL);
    Set<String> known =
        SettingsKeys.all().stream().map(SettingsKeys.Key::path).collect(Collectors.toSet());
    Set<String> asked =
        reading.asked().stream()
            .map(SettingsTest::named)
            .filter(path -> known.stream().noneMatch(other -> other.startsWith(path + ".")))
            .collect(Collectors.toSet());
    assertThat(known).isEqualTo(asked);
  }

  @Test
  void theSchemaInTheDocumentsIsTheOneThatIsGenerated() throws IOException {
    Path file = Path.of("..", "docs", "reference", "rollcall.schema.json");
    Path fresh = Path.of("target", "rollcall.schema.json");
    Files.writeString(fresh, SettingsSchema.print());
    assertThat(file).as("copy product/%s there", fresh).hasSameTextualContentAs(fresh);
  }

  @Test
  void everySettingStandsInTheReference() throws IOException {
    String reference = Files.readString(Path.of("..", "docs", "reference", "settings.md"));
    assertThat(SettingsKeys.all())
        .allSatisfy(key -> {
          String name = key.path().substring(key.path().lastIndexOf('.') + 1);
          assertThat(reference).contains(name);
        });
  }
}
