package dev.rollcall.web.door;

import dev.rollcall.access.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Who may ask for what: the one table. What does not stand here is shut.
 *
 * <p>What is open is compared letter by letter with what was sent, because one address can be
 * written in many ways ({@code /%61pi}, {@code /health/../api}) and a way that is not thought of
 * has to stay shut. Everything else is matched as it is dispatched, so that no way to write an
 * address leads to a handler past its row.
 */
final class AccessTable {

  /** What an address asks for. */
  sealed interface Need {
    /** Nothing. */
    record Nothing() implements Need {}

    /** Somebody who is signed in, also one who has to change the password first. */
    record AnybodySignedIn() implements Need {}

    /** Somebody with at least this role. */
    record AtLeast(Role role) implements Need {}
  }

  /**
   * A row.
   *
   * @param method {@code *} for every one; {@code HEAD} is as {@code GET}
   * @param path as a pattern of Spring; without one when nothing is needed
   */
  record Row(String method, PathPattern path, Need need) {
    private boolean fits(String asked, PathContainer askedPath) {
      return (method.equals("*") || method.equals(asked)) && path.matches(askedPath);
    }
  }

  private static final Need NOTHING = new Need.Nothing();
  private static final Need SIGNED_IN = new Need.AnybodySignedIn();
  private static final Need VIEWER = new Need.AtLeast(Role.VIEWER);
  private static final Need OPERATOR = new Need.AtLeast(Role.OPERATOR);
  private static final Need ADMIN = new Need.AtLeast(Role.ADMIN);

  private static final List<Row> ROWS =
      List.of(
          row("GET", "/health", NOTHING),
          row("GET", "/ready", NOTHING),
          // The listener has rules of its own: IT resource, address, credentials.
          row("*", "/PeopleSoftOIMListener", NOTHING),
          row("*", "/PeopleSoftOIMListener/", NOTHING),
          row("GET", "/sign-in", NOTHING),
          row("POST", "/sign-in", NOTHING),
          row("POST", "/sign-out", SIGNED_IN),
          row("GET", "/password", SIGNED_IN),
          row("POST", "/password", SIGNED_IN),
          // Pages
          row("GET", "/", VIEWER),
          row("GET", "/now", VIEWER),
          row("GET", "/search", VIEWER),
          row("GET", "/events", VIEWER),
          row("GET", "/events/new", VIEWER),
          row("GET", "/events/{id}", VIEWER),
          row("GET", "/events/{id}/story", VIEWER),
          row("POST", "/events/{id}/retry", OPERATOR),
          row("GET", "/events/{id}/message", VIEWER),
          // The right to see national ids is none of a role's; the page asks for it.
          row("POST", "/events/{id}/message", VIEWER),
          row("GET", "/people", VIEWER),
          row("GET", "/people/found", VIEWER),
          row("GET", "/people/{named}", VIEWER),
          row("GET", "/people/{named}/now", VIEWER),
          row("GET", "/people/{named}/preview", VIEWER),
          row("POST", "/people/{named}/resync", OPERATOR),
          row("GET", "/instances/{name}", VIEWER),
          row("POST", "/instances/{name}/pause", OPERATOR),
          row("POST", "/instances/{name}/resume", OPERATOR),
          row("GET", "/suspended", VIEWER),
          row("POST", "/events/{id}/resolve", OPERATOR),
          row("GET", "/held", VIEWER),
          row("POST", "/held", OPERATOR),
          row("POST", "/events/{id}/held", OPERATOR),
          row("GET", "/findings", VIEWER),
          row("GET", "/lines", VIEWER),
          row("GET", "/lines/now", VIEWER),
          row("GET", "/lines/batches", VIEWER),
          row("GET", "/lines/{id}", VIEWER),
          row("POST", "/lines/retry", OPERATOR),
          row("POST", "/lines/{id}/retry", OPERATOR),
          row("GET", "/sessions", VIEWER),
          row("GET", "/sessions/now", VIEWER),
          row("GET", "/sessions/{id}", VIEWER),
          row("GET", "/sessions/{id}/now", VIEWER),
          row("GET", "/calls", VIEWER),
          row("GET", "/calls/now", VIEWER),
          row("GET", "/settings", VIEWER),
          row("POST", "/findings/{id}/done", OPERATOR),
          row("GET", "/audit", VIEWER),
          row("GET", "/people/{named}/erase", ADMIN),
          row("POST", "/people/{named}/erase", ADMIN),
          row("GET", "/users", ADMIN),
          row("POST", "/users", ADMIN),
          row("GET", "/users/{name}", ADMIN),
          row("POST", "/users/{name}/role", ADMIN),
          row("POST", "/users/{name}/disable", ADMIN),
          row("POST", "/users/{name}/enable", ADMIN),
          row("POST", "/users/{name}/password", ADMIN),
          row("POST", "/tokens", ADMIN),
          row("POST", "/tokens/{name}/revoke", ADMIN),
          // Looking
          row("GET", "/api/openapi.json", VIEWER),
          row("GET", "/metrics", VIEWER),
          row("GET", "/api/backlog", VIEWER),
          row("GET", "/api/budget", VIEWER),
          row("GET", "/api/clock", VIEWER),
          row("GET", "/api/environment", VIEWER),
          row("GET", "/api/events", VIEWER),
          row("GET", "/api/events/{id}", VIEWER),
          row("GET", "/api/instances", VIEWER),
          row("GET", "/api/held", VIEWER),
          row("GET", "/api/instances/{name}/export", VIEWER),
          row("GET", "/api/instances/{name}/preview", VIEWER),
          row("GET", "/api/instances/{name}/preview/{named}", VIEWER),
          row("GET", "/api/loads/{id}", VIEWER),
          row("GET", "/api/people/{named}", VIEWER),
          row("GET", "/api/roles", VIEWER),
          row("GET", "/api/suspended", VIEWER),
          row("GET", "/api/findings", VIEWER),
          row("GET", "/api/audit", VIEWER),
          row("GET", "/api/audit/export", VIEWER),
          row("GET", "/api/schedule", VIEWER),
          row("GET", "/api/lines", VIEWER),
          row("GET", "/api/sessions", VIEWER),
          row("GET", "/api/sessions/{id}", VIEWER),
          // Acting
          row("POST", "/api/events/{id}/retry", OPERATOR),
          row("POST", "/api/held/release", OPERATOR),
          row("POST", "/api/held/reject", OPERATOR),
          row("POST", "/api/held/{event}/release", OPERATOR),
          row("POST", "/api/held/{event}/reject", OPERATOR),
          row("POST", "/api/instances/{name}/link", OPERATOR),
          row("POST", "/api/instances/{name}/load", OPERATOR),
          row("POST", "/api/instances/{name}/pause", OPERATOR),
          row("POST", "/api/instances/{name}/resume", OPERATOR),
          row("POST", "/api/instances/{name}/resync", OPERATOR),
          row("POST", "/api/roles", OPERATOR),
          row("POST", "/api/events/{id}/resolve", OPERATOR),
          row("POST", "/api/findings/{id}/done", OPERATOR),
          row("POST", "/api/lines/retry", OPERATOR),
          // Deciding
          row("POST", "/api/clock", ADMIN),
          row("POST", "/api/environment/adopt", ADMIN),
          row("POST", "/api/reload", ADMIN),
          row("POST", "/api/tidy", ADMIN),
          row("POST", "/api/people/{named}/erase", ADMIN),
          row("GET", "/api/users", ADMIN),
          row("POST", "/api/users", ADMIN),
          row("POST", "/api/users/{name}/role", ADMIN),
          row("POST", "/api/users/{name}/disable", ADMIN),
          row("POST", "/api/users/{name}/enable", ADMIN),
          row("POST", "/api/users/{name}/password", ADMIN),
          row("GET", "/api/tokens", ADMIN),
          row("POST", "/api/tokens", ADMIN),
          row("POST", "/api/tokens/{name}/revoke", ADMIN));

  /** What a page fetches beside itself, written in the only way there is to write it. */
  private static final Pattern ASSET = Pattern.compile("/assets/[a-z][\\w-]*\\.[a-z]{2,4}");

  private AccessTable() {}

  private static Row row(String method, String path, Need need) {
    return new Row(method, PathPatternParser.defaultInstance.parse(path), need);
  }

  static List<Row> rows() {
    return ROWS;
  }

  /** What this request needs; empty when no row is for it, and nobody may. */
  static Optional<Need> needOf(HttpServletRequest request) {
    String written = request.getRequestURI();
    String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
    if (method.equals("GET") && ASSET.matcher(written).matches()) {
      return Optional.of(NOTHING);
    }
    RequestPath path = ServletRequestPathUtils.parse(request);
    return ROWS.stream()
        .filter(row -> row.fits(method, path.pathWithinApplication()))
        .filter(row -> !row.need().equals(NOTHING) || row.path().getPatternString().equals(written))
        .map(Row::need)
        .findFirst();
  }

  /** The methods that are answered where this request goes to; none when nothing is there. */
  static SortedSet<String> methodsAt(HttpServletRequest request) {
    PathContainer path = ServletRequestPathUtils.parse(request).pathWithinApplication();
    return ROWS.stream()
        .filter(row -> row.path().matches(path))
        .map(Row::method)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether nobody has to be signed in for this request. */
  static boolean isOpen(HttpServletRequest request) {
    return needOf(request).filter(NOTHING::equals).isPresent();
  }
}
