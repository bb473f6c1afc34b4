package dev.rollcall.simulators.okta;

import dev.rollcall.simulators.okta.directory.Rules;
import dev.rollcall.simulators.okta.directory.Schema;
import dev.rollcall.simulators.okta.limits.Bucket;
import dev.rollcall.simulators.okta.limits.Budgets;
import dev.rollcall.simulators.okta.source.Sources;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How this tenant behaves.
 *
 * @param limits calls per minute of the whole tenant, by bucket
 * @param share of each bucket that one caller may use, in percent
 * @param concurrency calls under way at once, of the whole tenant; {@code share} applies to it too
 * @param latencyMillis how long each call takes, in real time
 * @param searchDelayMillis how far {@code search} lags behind
 * @param filterDelayMillis how far {@code filter} lags behind
 * @param membershipDelayMillis how far lists of members and of somebody's groups lag behind
 * @param activationMillis how long an activation is under way
 * @param deactivationMillis how long a deactivation is under way that nobody waits for
 * @param tokenIdleDays after how many days without use an API token ends; 0 for never
 * @param skewMillis how far this tenant's clock is off, as its answers tell it
 * @param editDeactivated whether the profile of a deactivated user can be changed
 * @param custom the properties that the tenant added to its profile, with their types
 * @param imports how long imports take, and how far the System Log lags behind
 */
record Settings(
    Map<String, Integer> limits,
    int share,
    int concurrency,
    long latencyMillis,
    long searchDelayMillis,
    long filterDelayMillis,
    long membershipDelayMillis,
    long activationMillis,
    long deactivationMillis,
    int tokenIdleDays,
    long skewMillis,
    boolean editDeactivated,
    Map<String, String> custom,
    Imports imports) {
  /**
   * What of imports takes its time.
   *
   * @param millis the processing of a session
   * @param rowMillis the processing of each person in it, on top
   * @param logMillis how long after an event it can be read in the System Log
   */
  record Imports(long millis, long rowMillis, long logMillis) {
    static final Imports DEFAULTS = new Imports(10_000, 5, 0);

    Imports {
      if (Math.min(millis, Math.min(rowMillis, logMillis)) < 0) {
        throw new IllegalArgumentException("a delay must not be negative");
      }
    }
  }

  private static final int MAX_DELAY_MILLIS = 600_000;

  static final Settings DEFAULTS =
      new Settings(
          Bucket.published(),
          50,
          75,
          0,
          1000,
          1000,
          1000,
          0,
          2000,
          0,
          0,
          false,
          Map.of(),
          Imports.DEFAULTS);

  Settings {
    if (share < 1 || share > 100) {
      throw new IllegalArgumentException("'share' is a percentage from 1 to 100");
    }
    if (concurrency < 1) {
      throw new IllegalArgumentException("'concurrency' must be at least 1");
    }
    if (Math.max(searchDelayMillis, Math.max(filterDelayMillis, membershipDelayMillis))
        > MAX_DELAY_MILLIS) {
      throw new IllegalArgumentException("a delay is at most " + MAX_DELAY_MILLIS);
    }
    if (Math.min(
            Math.min(searchDelayMillis, filterDelayMillis),
            Math.min(Math.min(membershipDelayMillis, latencyMillis), activationMillis))
        < 0) {
      throw new IllegalArgumentException("a delay must not be negative");
    }
    limits.forEach((bucket, limit) -> {
      if (!Bucket.published().containsKey(bucket) || limit < 1) {
        throw new IllegalArgumentException(
            "'limits' has at least 1 for some of " + Bucket.published().keySet());
      }
    });
    custom.forEach((name, type) -> {
      if (Schema.defaults().containsKey(name)
          || !type.matches("string|boolean|integer|number|array")) {
        throw new IllegalArgumentException(
            "'custom' has a type (string, boolean, integer, number, array) by new property");
      }
    });
    limits = Map.copyOf(limits);
    custom = Map.copyOf(custom);
    // A ledger of an older release says nothing of them.
    imports = Objects.requireNonNullElse(imports, Imports.DEFAULTS);
  }

  Rules rules() {
    return new Rules(
        new Schema(custom),
        Duration.ofMillis(activationMillis),
        Duration.ofMillis(deactivationMillis),
        editDeactivated);
  }

  Sources.Pace pace() {
    return new Sources.Pace(
        Duration.ofMillis(imports.millis()), Duration.ofMillis(imports.rowMillis()));
  }

  /** The same, with string properties added to the profile. */
  Settings withProperties(Collection<String> names) {
    Map<String, String> more = new HashMap<>(custom);
    names.forEach(name -> more.putIfAbsent(name, "string"));
    return new Settings(
        limits,
        share,
        concurrency,
        latencyMillis,
        searchDelayMillis,
        filterDelayMillis,
        membershipDelayMillis,
        activationMillis,
        deactivationMillis,
        tokenIdleDays,
        skewMillis,
        editDeactivated,
        more,
        imports);
  }

  Budgets.Limits budgets() {
    return new Budgets.Limits(limits, concurrency);
  }
}
