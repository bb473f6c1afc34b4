package dev.rollcall.config;

import dev.rollcall.access.AccessSettings;
import dev.rollcall.access.Network;
import dev.rollcall.access.SenderRule;
import dev.rollcall.guard.Limits;
import dev.rollcall.model.InstanceState;
import dev.rollcall.plan.Tables;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, checked.
 *
 * @param signIn how long somebody stays signed in, and how often one may try
 * @param demo whether the clock may be moved and the simulators are ours
 * @param simulators their control addresses by system; only in a demo
 * @param instances those of the route campus-to-repository
 * @param hr those of the route hr-to-okta
 * @param hcm those of the route hcm-to-okta
 * @param told everything that is in force, as people may see it
 */
public record Settings(
    DatabaseSettings database,
    HttpSettings http,
    AccessSettings signIn,
    ListenerSettings listener,
    EngineTuning engine,
    KeepSettings keep,
    LogSettings log,
    boolean demo,
    Map<String, URI> simulators,
    List<InstanceSettings> instances,
    List<HrSettings> hr,
    List<HcmRouteSettings> hcm,
    List<Told> told) {

  public Settings {
    simulators = Map.copyOf(simulators);
    instances = List.copyOf(instances);
    hr = List.copyOf(hr);
    hcm = List.copyOf(hcm);
    told = List.copyOf(told);
  }

  /** The same, with what is told of it. */
  Settings told(List<Told> inForce) {
    return new Settings(
        database,
        http,
        signIn,
        listener,
        engine,
        keep,
        log,
        demo,
        simulators,
        instances,
        hr,
        hcm,
        inForce);
  }

  /**
   * Where Rollcall keeps its state.
   *
   * @param url {@code local} for the local PostgreSQL, else a JDBC URL
   * @param name the database's name on the local PostgreSQL
   * @param servers those between which the database may move, or that are one; see {@code
   *     dev.rollcall.guard.Servers}
   */
  public record DatabaseSettings(
      String url,
      String name,
      @Nullable String user,
      @Nullable Secret password,
      List<String> servers) {
    public DatabaseSettings {
      servers = List.copyOf(servers);
    }

    /** Whether it is the local PostgreSQL that Rollcall starts by itself. */
    public boolean isLocal() {
      return url.equals("local");
    }

    /** Without the address: a name before the host or a parameter may hold a password. */
    @Override
    public String toString() {
      return "DatabaseSettings[url=%s, name=%s, user=%s, password=%s, servers=%s]"
          .formatted(isLocal() ? url : "***", name, user, password, servers);
    }
  }

  /**
   * Where the REST API and the listener answer.
   *
   * @param token what the REST API asks for; null to make one and keep it in the home
   * @param tls the certificate to show; null for plain HTTP
   * @param trustedProxies whose word is taken for where a request came from, and how
   */
  public record HttpSettings(
      String address,
      int port,
      @Nullable Secret token,
      @Nullable TlsSettings tls,
      List<Network> trustedProxies) {
    public HttpSettings {
      trustedProxies = List.copyOf(trustedProxies);
    }
  }

  /** The certificate to show, with its key, in files that may be replaced while they are used. */
  public sealed interface TlsSettings {
    /**
     * One file for both.
     *
     * @param file PKCS #12 or JKS
     * @param password of the file and of the key in it
     */
    record KeyStoreFile(Path file, Secret password) implements TlsSettings {}

    /**
     * A file each.
     *
     * @param certificate with the certificates that lead to a known authority after it
     * @param key unencrypted or in PKCS #8 with the password
     */
    record PemFiles(Path certificate, Path key, @Nullable Secret password) implements TlsSettings {}
  }

  /**
   * What the message endpoint takes.
   *
   * @param itResourceHeader the header that names the IT resource
   * @param maxBytes of a message, after unpacking
   * @param maxDepth of nested elements
   * @param maxTextBytes of one element's text
   */
  public record ListenerSettings(
      String itResourceHeader, int maxBytes, int maxDepth, int maxTextBytes) {}

  /** See {@code dev.rollcall.sync.EngineSettings}. */
  public record EngineTuning(int claimSize, int claimsAtOnce, Duration lease, Duration poll) {}

  /** See {@code dev.rollcall.sync.Keep}. */
  public record KeepSettings(Duration events, Duration messages, Duration audit) {}

  /**
   * How the log is written.
   *
   * @param level the least urgent that is written, or null for what is usual
   * @param exceptionTexts whether exceptions are written in their own words, which may quote
   *     people's data
   */
  public record LogSettings(LogFormat format, @Nullable String level, boolean exceptionTexts) {
    /** What is written when nothing is set. */
    public static LogSettings usual() {
      return new LogSettings(LogFormat.TEXT, null, false);
    }
  }

  /** For whom the log is written. */
  public enum LogFormat {
    /** For people. */
    TEXT,
    /** For programs: a JSON object a line. */
    JSON
  }

  /**
   * One instance of the route campus-to-repository.
   *
   * @param source the name under which its people are known
   * @param state what becomes of its events
   * @param active the IT resource's {@code IsActive}
   * @param senders who may send messages, beside naming the IT resource
   * @param environment what its source may call itself: the nodes whose messages are taken; empty
   *     to take those of the first that sends
   * @param sync the pushed message
   * @param fullSync the full publication
   * @param guard how many accounts may be changed within a window
   * @param matchAlso the attribute by which accounts are searched beside the login, or null
   * @param rolesOnTheFly whether a role that does not exist is made when somebody is to have it
   * @param watch where full publications are put, null when they are only loaded by command
   */
  public record InstanceSettings(
      String name,
      String source,
      InstanceState state,
      String itResource,
      boolean active,
      SenderRule senders,
      List<String> environment,
      MessageSettings sync,
      MessageSettings fullSync,
      boolean ignoreRootAuditAction,
      @Nullable String matchAlso,
      Limits guard,
      boolean rolesOnTheFly,
      ZoneId zone,
      @Nullable WatchSettings watch) {

    public InstanceSettings {
      environment = List.copyOf(environment);
    }

    /** The names of the messages that are pushed. */
    public List<String> messages() {
      return sync.names();
    }
  }

  /**
   * A directory whose files are loaded.
   *
   * @param directory where they are put, absolute
   * @param archive where they go when they were taken in, absolute
   * @param every how often to look
   * @param settle for how long a file has to look the same before it is loaded
   */
  public record WatchSettings(Path directory, Path archive, Duration every, Duration settle) {}

  /**
   * What the guide sets for each of the two messages.
   *
   * @param names with and without version; one of them is enough
   * @param dataNode the element that holds one person
   * @param keepsAbsentAffiliations whether an affiliation that a whole image lacks stays as it is
   * @param tables what is in force for a person of whom this message told last
   */
  public record MessageSettings(
      List<String> names, String dataNode, boolean keepsAbsentAffiliations, Tables tables) {
    public MessageSettings {
      names = List.copyOf(names);
    }
  }
}
