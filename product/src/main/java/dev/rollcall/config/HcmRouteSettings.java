package dev.rollcall.config;

import dev.rollcall.config.HrSettings.Budget;
import dev.rollcall.config.HrSettings.Credential;
import dev.rollcall.config.HrSettings.Tenant;
import dev.rollcall.guard.Limits;
import dev.rollcall.model.InstanceState;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One instance of the route hcm-to-okta.
 *
 * @param source the name under which its people are known
 * @param state what becomes of its events
 * @param every how often the active people are read
 * @param leaversEvery how often those are read who left lately
 * @param zone decides when a day begins (seed 002: time_zone)
 * @param hcm where Oracle HCM is and what is read of it
 * @param sources the identity source for each Oracle HCM, by its host (promise 6): one that has
 *     none is not worked
 * @param patience how long to wait for Okta
 * @param budget how much of a tenant's limits may be used
 * @param guard how many accounts may be changed within a window
 */
public record HcmRouteSettings(
    String name,
    String source,
    InstanceState state,
    Duration every,
    Duration leaversEvery,
    ZoneId zone,
    Hcm hcm,
    Map<String, IdentitySource> sources,
    Duration patience,
    Budget budget,
    Limits guard) {

  public HcmRouteSettings {
    sources = Map.copyOf(sources);
  }

  /**
   * Where Oracle HCM is and what is read of it.
   *
   * @param url seed 002: hcm_url
   * @param emps whether the legacy resource is read
   * @param framework version of REST; 0 for the usual one of the resource
   * @param version of the resources
   * @param createdDays seed 002: created_days; 0 for everybody
   * @param deactivatedDays seed 002: deactivated_days
   * @param filters attribute and value, only those rows are read
   * @param mostQuarantined with more rows that cannot be used a run fails
   * @param collapsePercent a run that finds fewer people by more than this fails
   */
  public record Hcm(
      URI url,
      SignIn signIn,
      boolean emps,
      int framework,
      String version,
      int createdDays,
      int deactivatedDays,
      Map<String, String> filters,
      int mostQuarantined,
      int collapsePercent,
      Duration patience) {
    public Hcm {
      filters = Map.copyOf(filters);
    }
  }

  /** How Rollcall proves to Oracle HCM who it is. */
  public sealed interface SignIn {
    /** A user. */
    record User(String name, Secret password) implements SignIn {}

    /** An application of the identity domain. */
    record Application(URI tokenUrl, String clientId, Secret secret, @Nullable String scope)
        implements SignIn {}
  }

  /**
   * A Custom Identity Source of an Okta tenant.
   *
   * @param id of its app
   * @param batchSize seed 002: batch_size, requests in a session
   * @param pageSize seed 002: page_size, people in a request
   * @param safeguardPercent of Okta's import safeguard
   */
  public record IdentitySource(
      Tenant tenant, String id, int batchSize, int pageSize, int safeguardPercent) {

    /** Where it is. */
    public URI url() {
      return tenant.url();
    }

    /** How Rollcall proves to Okta who it is. */
    public Credential credential() {
      return tenant.credential();
    }
  }

  /** Whether nothing differs but what can be taken while it runs: the limits of the guard. */
  public boolean same(HcmRouteSettings other) {
    return with(Limits.usual()).equals(other.with(Limits.usual()));
  }

  private HcmRouteSettings with(Limits limits) {
    return new HcmRouteSettings(
        name, source, state, every, leaversEvery, zone, hcm, sources, patience, budget, limits);
  }

  /** The hosts its Oracle HCM may have. */
  public List<String> environments() {
    return sources.keySet().stream().sorted().toList();
  }
}
