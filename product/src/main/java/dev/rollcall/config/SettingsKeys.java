package dev.rollcall.config;

import dev.rollcall.guard.ChangeClass;
import java.util.ArrayList;
import java.util.List;

/**
 * Every setting there is, for the schema that editors use. A test holds it equal to what is really
 * asked for while a file is read.
 */
final class SettingsKeys {

  /** What a value looks like. */
  enum Kind {
    TEXT,
    SECRET,
    FLAG,
    NUMBER,
    TEXTS,
    NAMES,
    TABLE
  }

  /**
   * A setting.
   *
   * @param path with {@code NAME} for a name that people choose
   * @param kind what its value looks like
   * @param meaning in a few words, with the guide's entry where there is one
   * @param choices the only values allowed; empty for any
   */
  record Key(String path, Kind kind, String meaning, List<String> choices) {}

  private SettingsKeys() {}

  static List<Key> all() {
    List<Key> keys = new ArrayList<>();
    secret(keys, "database.url", "local, or jdbc:postgresql://host:5432/rollcall");
    text(keys, "database.name", "the database's name on the local PostgreSQL");
    text(keys, "database.user", "for an external PostgreSQL");
    secret(keys, "database.password", "for an external PostgreSQL");
    add(keys, "database.servers", Kind.NAMES, "those between which the database may move");
    text(keys, "http.address", "where REST API and listener answer");
    add(keys, "http.port", Kind.NUMBER, "0 takes a free one");
    secret(keys, "http.token", "what the REST API asks for");
    text(keys, "http.tls.keyStore", "PKCS #12 or JKS with certificate and key");
    text(
        keys, "http.tls.certificate", "PEM: the certificate, and those that lead to its authority");
    text(keys, "http.tls.key", "PEM: the private key of the certificate");
    secret(keys, "http.tls.password", "of key store or key");
    add(keys, "http.allowPlain", Kind.FLAG, "HTTP without TLS although others can reach it");
    add(keys, "http.trustedProxies", Kind.TEXTS, "addresses whose X-Forwarded-For is believed");
    text(keys, "signIn.idle", "a session ends when nothing was done for so long, for example 30m");
    text(keys, "signIn.longest", "a session ends after so long, for example 12h");
    add(keys, "signIn.failuresPerUser", Kind.NUMBER, "failed attempts for one name in the window");
    add(keys, "signIn.failuresPerAddress", Kind.NUMBER, "the same for one address");
    text(keys, "signIn.window", "how long a failed attempt counts, for example 15m");
    text(keys, "listener.itResourceHeader", "the header that names the IT resource");
    add(keys, "listener.maxBytes", Kind.NUMBER, "of a message, after unpacking");
    add(keys, "listener.maxDepth", Kind.NUMBER, "of nested elements");
    add(keys, "listener.maxTextBytes", Kind.NUMBER, "of one element's text");
    add(keys, "engine.claimSize", Kind.NUMBER, "events taken together, at most");
    add(keys, "engine.claimsAtOnce", Kind.NUMBER, "claims worked at the same time");
    text(keys, "engine.lease", "how long a claim is believed, for example 15s");
    text(keys, "engine.poll", "how often to look for events, for example 200ms");
    text(keys, "keep.events", "how long finished events are kept, for example 400d");
    text(keys, "keep.messages", "how long messages are kept as they came, for example 90d");
    text(keys, "keep.audit", "how long the audit is kept, for example 7y");
    choice(keys, "log.format", "for people, or a JSON object a line", "text", "json");
    choice(keys, "log.level", "the least urgent that is written", "error", "warn", "info", "debug");
    add(keys, "log.exceptionTexts", Kind.FLAG, "exceptions in their own words, which quote people");
    add(keys, "demo", Kind.FLAG, "the clock may be moved");
    add(keys, "simulators", Kind.TABLE, "control addresses of simulators; only in a demo");
    instance(keys, "instances.NAME.");
    return List.copyOf(keys);
  }

  private static void instance(List<Key> keys, String at) {
    choice(
        keys,
        at + "route",
        "where people come from and go",
        "campus-to-repository",
        "hr-to-okta",
        "hcm-to-okta");
    text(keys, at + "itResource", "selects the instance; the node sends it");
    add(keys, at + "isActive", Kind.FLAG, "IsActive of the IT resource");
    add(keys, at + "environment", Kind.NAMES, "the nodes whose messages are taken");
    text(keys, at + "listener.user", "Basic credentials that senders need");
    secret(keys, at + "listener.password", "with the user");
    add(keys, at + "listener.allow", Kind.TEXTS, "addresses that may send, for example 10.0.0.0/8");
    choice(
        keys, at + "state", "preview: works without writing; off: later", "on", "preview", "off");
    text(keys, at + "source", "the name under which its people are known");
    text(keys, at + "timeZone", "decides when a day begins");
    add(keys, at + "ignoreRootAuditAction", Kind.FLAG, "Ignore Root Audit Action");
    add(keys, at + "createOnChange", Kind.FLAG, "a change of a person never added makes one");
    choice(keys, at + "targetDateFormat", "Target Date Format", "yyyy-MM-dd");
    choice(keys, at + "startDate", "what Start Date is", "guide", "earliestPrimary");
    text(keys, at + "matchAlso", "an attribute to search accounts by beside the login");
    add(keys, at + "expected", Kind.TEXTS, "attributes of which a lack is a finding");
    add(keys, at + "rolesOnTheFly", Kind.FLAG, "a role that does not exist is made when needed");
    text(keys, at + "exclusionList.User ID", "ids separated by |");
    text(keys, at + "exclusionList.User ID[PATTERN]", "a regular expression for whole ids");
    text(keys, at + "watch.directory", "where full publications are put; absolute");
    text(keys, at + "watch.archive", "where they go when they were taken in; absolute");
    text(keys, at + "watch.every", "how often to look, for example 1m");
    text(keys, at + "watch.settle", "how long a file has to look the same, for example 10s");
    guard(keys, at + "guard.");
    hr(keys, at);
    hcm(keys, at);
    tables(keys, at);
    for (String message : List.of("sync", "fullSync")) {
      String below = at + "messages." + message + ".";
      add(keys, below + "names", Kind.TEXTS, "the message's names, with and without version");
      tables(keys, below);
    }
  }

  /** What an instance of the route hr-to-okta has beside what all have. */
  private static void hr(List<Key> keys, String at) {
    choice(keys, at + "mode", "hr-to-okta: where work comes from", "queue", "view");
    text(keys, at + "every", "how often the source is asked, for example 10s");
    secret(keys, at + "database.url", "JDBC: Oracle, SQL Server or PostgreSQL");
    text(keys, at + "database.user", "of PeopleSoft's database");
    secret(keys, at + "database.password", "of that user");
    add(keys, at + "database.connections", Kind.NUMBER, "held at most");
    text(keys, at + "database.environmentQuery", "SQL for what the database calls itself");
    text(keys, at + "tables.header", "instead of PS_CHG_OK_REQ_HDR");
    text(keys, at + "tables.lines", "instead of PS_CHG_OK_REQ_DTL");
    text(keys, at + "tables.crossReference", "instead of PS_CHG_OPR_OKTA_ID");
    text(keys, at + "tables.identityTypes", "instead of PS_CHG_IDP_UTYPE");
    add(keys, at + "tables.columns", Kind.TABLE, "columns that are called otherwise");
    text(keys, at + "tables.group", "the column of a line that names its group");
    text(keys, at + "queries.person", "SQL for a person's row");
    text(keys, at + "queries.identityTypes", "SQL for a person's identity types");
    text(keys, at + "queries.everybody", "SQL for everybody's OPRID");
    text(keys, at + "queries.changes", "SQL for who changed; mode view");
    text(keys, at + "tenants.NAME.url", "the tenant of the database that calls itself NAME");
    secret(keys, at + "tenants.NAME.token", "an API token of the tenant");
    text(keys, at + "tenants.NAME.clientId", "a service app instead of a token");
    secret(keys, at + "tenants.NAME.privateKey", "of the service app, PEM or JWK");
    text(keys, at + "tenants.NAME.keyId", "under which Okta knows the key");
    add(keys, at + "tenants.NAME.scopes", Kind.TEXTS, "what the service app asks for");
    add(keys, at + "tenants.NAME.dpop", Kind.FLAG, "calls are bound to a key of this process");
    choice(keys, at + "identityTypes", "where the identity types stand", "settings", "table");
    String type = at + "identity.types.NAME.";
    text(keys, type + "login", "for example [First].[Last]@univ.edu");
    add(keys, type + "emails", Kind.TEXTS, "types of e-mail, the first that is there is taken");
    add(keys, type + "phone", Kind.FLAG, "whether the phone is passed on");
    choice(keys, type + "begins", "how a new account begins", "STAGED", "ACTIVE");
    add(keys, type + "groups", Kind.TEXTS, "of which its people are members");
    add(keys, at + "identity.attributes", Kind.TABLE, "profile attribute: [FIELD|FIELD] or None");
    text(keys, at + "identity.correlation", "the attribute that says whose an account is");
    choice(keys, at + "identity.loginNames", "which names make logins", "legal", "preferred");
    add(keys, at + "identity.renameLogin", Kind.FLAG, "whether a login follows the name");
    choice(keys, at + "identity.leave", "on leave", "suspend", "keep", "deactivate");
    add(keys, at + "identity.leaveCodes", Kind.TEXTS, "HR_STATUS of people on leave");
    add(keys, at + "identity.inactiveCodes", Kind.TEXTS, "HR_STATUS of people who left");
    add(keys, at + "identity.withoutJob", Kind.TEXTS, "types that HR_STATUS says nothing of");
    add(keys, at + "identity.ignoredTypes", Kind.TEXTS, "types that give nobody an account");
    add(keys, at + "identity.moreGroups", Kind.TEXTS, "groups that lines may name besides");
    add(keys, at + "okta.sendEmail", Kind.FLAG, "Okta e-mails people who are activated");
    add(keys, at + "okta.loginIsEmail", Kind.FLAG, "logins look like e-mail addresses");
    text(keys, at + "okta.patience", "how long to wait for an answer, for example 30s");
    add(keys, at + "okta.atOnce", Kind.NUMBER, "people worked at the same time");
    add(keys, at + "budget.reserve", Kind.NUMBER, "percent of the limits left to others");
    add(keys, at + "budget.limits", Kind.TABLE, "the tenant's limits by bucket, per minute");
  }

  /** What an instance of the route hcm-to-okta has beside those. */
  private static void hcm(List<Key> keys, String at) {
    text(keys, at + "leaversEvery", "how often those are read who left lately, for example 1h");
    text(keys, at + "hcm.url", "hcm-to-okta: where Oracle HCM is (hcm_url)");
    text(keys, at + "hcm.user", "of Oracle HCM");
    secret(keys, at + "hcm.password", "of that user");
    text(keys, at + "hcm.tokenUrl", "of the identity domain, instead of a user");
    text(keys, at + "hcm.clientId", "of the application there");
    secret(keys, at + "hcm.clientSecret", "of that application");
    text(keys, at + "hcm.scope", "what that application asks for");
    choice(keys, at + "hcm.reader", "which resource is read", "workers", "emps");
    add(keys, at + "hcm.framework", Kind.NUMBER, "version of REST: 4, or 1 or 2 for emps");
    text(keys, at + "hcm.version", "of the resources, for example 11.13.18.05");
    add(keys, at + "hcm.createdDays", Kind.NUMBER, "created_days; 0 for everybody");
    add(keys, at + "hcm.deactivatedDays", Kind.NUMBER, "deactivated_days");
    add(keys, at + "hcm.filters", Kind.TABLE, "attribute and value: only those are read");
    add(keys, at + "hcm.mostQuarantined", Kind.NUMBER, "with more unusable rows a run fails");
    add(keys, at + "hcm.collapsePercent", Kind.NUMBER, "with so many fewer people a run fails");
    text(keys, at + "hcm.patience", "how long to wait for an answer, for example 60s");
    text(keys, at + "tenants.NAME.identitySource", "the id of the Custom Identity Source app");
    add(keys, at + "tenants.NAME.batchSize", Kind.NUMBER, "batch_size: requests in a session");
    add(keys, at + "tenants.NAME.pageSize", Kind.NUMBER, "page_size: people in a request");
    add(keys, at + "tenants.NAME.safeguardPercent", Kind.NUMBER, "of Okta's import safeguard");
  }

  private static void guard(List<Key> keys, String at) {
    text(keys, at + "window", "how far back changes count, for example 24h");
    for (ChangeClass one : ChangeClass.values()) {
      String below = at + one.code() + ".";
      add(keys, below + "most", Kind.NUMBER, "never more within the window");
      add(keys, below + "percent", Kind.NUMBER, "never more of the linked accounts");
      add(keys, below + "least", Kind.NUMBER, "as many always pass the percentage");
      choice(keys, below + "announced", "on a date told beforehand", "pass", "count");
    }
  }

  /** What stands at the instance for both messages, or at one message. */
  private static void tables(List<Key> keys, String at) {
    text(keys, at + "dataNodeName", "Data Node Name");
    add(keys, at + "attributes", Kind.TABLE, "Attribute Mapping Lookup");
    add(keys, at + "reconFields", Kind.TABLE, "Recon Lookup Definition");
    text(keys, at + "affiliations", "Affiliations: fields separated by ~");
    text(keys, at + "organization", "Organization of a new identity");
    text(keys, at + "userType", "User Type of a new identity");
    add(keys, at + "activeStatuses", Kind.TEXTS, "what an active Affiliation Status is");
    choice(keys, at + "blankStart", "an affiliation without first day", "started", "notStarted");
    choice(keys, at + "blankEnd", "an affiliation without last day", "open", "over");
    choice(keys, at + "absentAffiliations", "what an image lacks", "keep", "disable");
    choice(keys, at + "employeeStatus", "Employee Status", "Enabled", "Disabled");
    text(keys, at + "customQuery", "Custom Query: NAME=VALUE with & and |");
    add(keys, at + "customQueryFields", Kind.TABLE, "Custom Query Lookup Definition");
    add(keys, at + "useTransformation", Kind.FLAG, "Use Transformation");
    add(keys, at + "transformation", Kind.TABLE, "Transformation Lookup Definition");
    add(keys, at + "useValidation", Kind.FLAG, "Use Validation");
    add(keys, at + "validation", Kind.TABLE, "Validation Lookup Definition");
  }

  private static void text(List<Key> keys, String path, String meaning) {
    add(keys, path, Kind.TEXT, meaning);
  }

  private static void secret(List<Key> keys, String path, String meaning) {
    add(keys, path, Kind.SECRET, meaning + "; or env:NAME, file:PATH, enc:...");
  }

  private static void choice(List<Key> keys, String path, String meaning, String... choices) {
    keys.add(new Key(path, Kind.TEXT, meaning, List.of(choices)));
  }

  private static void add(List<Key> keys, String path, Kind kind, String meaning) {
    keys.add(new Key(path, kind, meaning, List.of()));
  }
}
