package dev.rollcall.config;

import dev.rollcall.guard.Limits;
import dev.rollcall.model.InstanceState;
import dev.rollcall.plan.identity.IdentitySettings;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One instance of the route hr-to-okta.
 *
 * @param source the name under which its people are known
 * @param state what becomes of its events
 * @param mode where work comes from
 * @param every how often PeopleSoft is asked
 * @param people where PeopleSoft's database is
 * @param tables what its tables are called
 * @param queries how it is asked about people
 * @param tenants the Okta tenant for each database, by the name the database calls itself (promise
 *     6): one that has none is not worked
 * @param typesFromTable whether the identity types are those of PeopleSoft's table, instead of
 *     those of {@code identity}
 * @param identity how people become accounts
 * @param okta what holds for every tenant
 * @param budget how much of a tenant's limits may be used
 * @param guard how many accounts may be changed within a window
 */
public record HrSettings(
    String name,
    String source,
    InstanceState state,
    Mode mode,
    Duration every,
    ZoneId zone,
    People people,
    TableNames tables,
    Queries queries,
    Map<String, Tenant> tenants,
    boolean typesFromTable,
    IdentitySettings identity,
    Okta okta,
    Budget budget,
    Limits guard) {

  public HrSettings {
    tenants = Map.copyOf(tenants);
  }

  /** Where work comes from. */
  public enum Mode {
    /** The lines of PeopleSoft's requests. */
    QUEUE,
    /** A query that names who changed. */
    VIEW
  }

  /**
   * Where PeopleSoft's database is.
   *
   * @param url JDBC, for PostgreSQL, Oracle or SQL Server; may hold credentials, never shown
   * @param environment a query for what the database calls itself, null to ask it the usual way
   */
  public record People(
      Secret url,
      @Nullable String user,
      @Nullable Secret password,
      int connections,
      @Nullable String environment) {}

  /**
   * What tables and columns are called where they are not called as in the guide.
   *
   * @param columns by their usual names
   * @param group the column of a line that names its group, null for none
   */
  public record TableNames(
      @Nullable String header,
      @Nullable String lines,
      @Nullable String crossReference,
      @Nullable String identityTypes,
      Map<String, String> columns,
      @Nullable String group) {
    public TableNames {
      columns = Map.copyOf(columns);
    }
  }

  /**
   * SQL of the site; null for what is shipped.
   *
   * @param changes names who changed; needed in the mode view
   */
  public record Queries(
      @Nullable String person,
      @Nullable String identityTypes,
      @Nullable String everybody,
      @Nullable String changes) {}

  /** An Okta tenant and how Rollcall proves who it is there. */
  public record Tenant(URI url, Credential credential) {}

  /** How Rollcall proves who it is. */
  public sealed interface Credential {
    /** A token of Okta's own kind. */
    record ApiToken(Secret token) implements Credential {}

    /**
     * A service app with a key.
     *
     * @param key the private key, PEM or JWK
     * @param scopes empty for those that are needed
     */
    record ServiceApp(
        String clientId, Secret key, @Nullable String keyId, Set<String> scopes, boolean dpop)
        implements Credential {
      public ServiceApp {
        scopes = Set.copyOf(scopes);
      }
    }
  }

  /**
   * What holds for every tenant.
   *
   * @param sendEmail whether Okta e-mails people when their accounts are activated
   * @param loginIsEmail whether a login has to look like an e-mail address
   * @param atOnce how many people are worked at the same time
   */
  public record Okta(boolean sendEmail, boolean loginIsEmail, Duration patience, int atOnce) {}

  /**
   * How much of a tenant's limits may be used.
   *
   * @param reserve percent of the limits that are left to others
   * @param limits what Okta says the limits of the whole tenant are, in calls per minute by bucket;
   *     where it is missing the limit of the credential counts
   */
  public record Budget(int reserve, Map<String, Integer> limits) {
    public Budget {
      limits = Map.copyOf(limits);
    }
  }

  /** Whether nothing differs but what can be taken while it runs: the limits of the guard. */
  public boolean same(HrSettings other) {
    return with(Limits.usual()).equals(other.with(Limits.usual()));
  }

  private HrSettings with(Limits limits) {
    return new HrSettings(
        name,
        source,
        state,
        mode,
        every,
        zone,
        people,
        tables,
        queries,
        tenants,
        typesFromTable,
        identity,
        okta,
        budget,
        limits);
  }

  /** The names its database may call itself. */
  public List<String> environments() {
    return tenants.keySet().stream().sorted().toList();
  }
}
