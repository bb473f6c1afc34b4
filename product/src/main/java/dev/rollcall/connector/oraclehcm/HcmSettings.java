package dev.rollcall.connector.oraclehcm;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may be set for one Oracle HCM (seed 002: {@code hcm_url}, {@code time_zone}, {@code
 * page_size}, {@code created_days}, {@code deactivated_days}).
 *
 * @param url the host, for example {@code https://example.fa.ocs.oraclecloud.com}; without query
 * @param auth how Rollcall signs in
 * @param reader which resource tells of the workers
 * @param framework the REST framework version: 4 for workers, 1 or 2 for emps
 * @param version of the resources, {@code 11.13.18.05} or {@code latest}
 * @param zone in which a day begins and ends, for dates without a zone
 * @param pageSize so many rows are asked for at once; never more than {@link #MOST_ROWS}
 * @param overlap so many rows of a page are read again with the next one
 * @param createdDays only those created in so many days are read for the active ones; 0 for all
 * @param deactivatedDays those who left in so many days are read for the leavers
 * @param filters only whom all of them take is read
 * @param mostQuarantined with more rows than that which cannot be used a run fails
 * @param collapsePercent a run fails that finds fewer people than the last one by more than this
 * @param attempts how often a call is made that is answered with "later"
 * @param patience how long to wait for a connection, and for an answer
 */
public record HcmSettings(
    URI url,
    HcmAuth auth,
    Reader reader,
    int framework,
    String version,
    ZoneId zone,
    int pageSize,
    int overlap,
    int createdDays,
    int deactivatedDays,
    List<Filter> filters,
    int mostQuarantined,
    int collapsePercent,
    int attempts,
    Duration patience) {

  /** Oracle HCM gives no more at once, whatever is asked ({@code facts/oracle-hcm.md §1}). */
  public static final int MOST_ROWS = 499;

  private static final String ATTRIBUTE = "[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)*";

  /** Which resource tells of the workers. */
  public enum Reader {
    /** Employees, contingent and pending workers; the one that is supported. */
    WORKERS("workers"),
    /** Employees alone, flat; withdrawn with release 23D. */
    EMPS("emps");

    private final String resource;

    Reader(String resource) {
      this.resource = resource;
    }

    String resource() {
      return resource;
    }
  }

  /**
   * Only rows with this value are read.
   *
   * @param attribute as the resource names it; of a child {@code
   *     workRelationships.LegalEmployerName}
   */
  public record Filter(String attribute, String value) {
    public Filter {
      if (!attribute.matches(ATTRIBUTE)) {
        throw new IllegalArgumentException(attribute + " cannot be the name of an attribute");
      }
      if (value.isBlank()) {
        throw new IllegalArgumentException("the filter on " + attribute + " has no value");
      }
    }
  }

  public HcmSettings {
    checkAddress(url);
    Set<Integer> possible = reader == Reader.WORKERS ? Set.of(4) : Set.of(1, 2);
    if (!possible.contains(framework)) {
      throw new IllegalArgumentException(
          "framework version %d is not read of %s; only %s"
              .formatted(framework, reader.resource(), possible));
    }
    if (!version.matches("[A-Za-z0-9.]+")) {
      throw new IllegalArgumentException(version + " cannot be a version of the resources");
    }
    atLeast("pageSize", pageSize, 1);
    atLeast("overlap", overlap, 1);
    atLeast("createdDays", createdDays, 0);
    atLeast("deactivatedDays", deactivatedDays, 1);
    atLeast("mostQuarantined", mostQuarantined, 0);
    atLeast("collapsePercent", collapsePercent, 0);
    atLeast("attempts", attempts, 1);
    if (collapsePercent > 100) {
      throw new IllegalArgumentException("collapsePercent is more than 100");
    }
    if (!patience.isPositive()) {
      throw new IllegalArgumentException("patience is " + patience);
    }
    Set<String> named = new HashSet<>();
    for (Filter filter : filters) {
      if (!named.add(filter.attribute())) {
        throw new IllegalArgumentException("two filters on " + filter.attribute());
      }
    }
    filters = List.copyOf(filters);
  }

  /** Everybody is read of workers, leavers of the last three days. */
  public static HcmSettings of(URI url, HcmAuth auth, ZoneId zone) {
    return new HcmSettings(
        url,
        auth,
        Reader.WORKERS,
        4,
        "11.13.18.05",
        zone,
        200,
        30,
        0,
        3,
        List.of(),
        10,
        20,
        5,
        Duration.ofSeconds(60));
  }

  /** So many rows are asked for at once: drift between pages is seen from two on. */
  int limit() {
    return Math.min(Math.max(pageSize, 2), MOST_ROWS);
  }

  /** What a run reads but for its day, so that only like is compared with like. */
  String scope() {
    return "%s%s".formatted(reader.resource(), filters.isEmpty() ? "" : " with " + filters);
  }

  /** The address of a resource. */
  URI address(String path, @Nullable String query) {
    String base = url.toString();
    String start = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return URI.create(
        "%s/hcmRestApi/resources/%s/%s%s"
            .formatted(start, version, path, query == null ? "" : "?" + query));
  }

  static void checkAddress(URI url) {
    String scheme = url.getScheme();
    if (!"https".equals(scheme) && !"http".equals(scheme)) {
      throw new IllegalArgumentException(url + " does not begin with https://");
    }
    if (url.getHost() == null || url.getRawUserInfo() != null) {
      throw new IllegalArgumentException("the address is not just a host with its path");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException("the address has more than host and path");
    }
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException("%s is %d; at least %d".formatted(name, value, least));
    }
  }
}
