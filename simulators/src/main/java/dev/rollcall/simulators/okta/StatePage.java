package dev.rollcall.simulators.okta;

import dev.rollcall.simulators.okta.directory.Group;
import dev.rollcall.simulators.okta.directory.Status;
import dev.rollcall.simulators.okta.directory.User;
import dev.rollcall.simulators.okta.limits.Budgets;
import dev.rollcall.simulators.okta.source.Assignment;
import dev.rollcall.simulators.okta.source.Source;
import dev.rollcall.simulators.okta.source.Sources;
import dev.rollcall.simulators.okta.source.Upload;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The tenant at a glance, for whoever looks at it with a browser. */
final class StatePage {
  private static final int SHOWN_USERS = 50;
  private static final int SHOWN_SESSIONS = 20;

  private final StringBuilder html = new StringBuilder();

  private StatePage() {}

  static String of(Tenant tenant) {
    return new StatePage().write(tenant);
  }

  private String write(Tenant tenant) {
    html.append(
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8">
        <meta http-equiv="refresh" content="5"><title>Okta simulator</title>
        <style>body{font:14px sans-serif;margin:2em}table{border-collapse:collapse;margin:1em 0}
        td,th{border:1px solid #bbb;padding:.2em .6em;text-align:left}</style></head><body>
        <h1>Okta simulator</h1>
        """);
    html.append("<p>Its clock says ").append(tenant.clock().instant());
    html.append(tenant.clock().runs() ? "" : " and stands still").append(".</p>");
    List<User> users = tenant.directory().users();
    Map<Status, Integer> counts = new EnumMap<>(Status.class);
    users.forEach(user -> counts.merge(user.status(), 1, Integer::sum));
    table("Users by status", List.of("status", "users"));
    counts.forEach((status, count) -> row(status, count));
    end();
    Map<String, List<String>> members = tenant.directory().memberships();
    table("Groups", List.of("id", "name", "type", "members"));
    for (Group group : tenant.directory().groups()) {
      row(
          group.id(),
          group.name(),
          group.type(),
          members.containsKey(group.id())
              ? members.getOrDefault(group.id(), List.of()).size()
              : users.size());
    }
    end();
    sources(tenant.sources());
    table(
        "Rate limits, the last window of each",
        List.of("bucket", "from", "to", "used", "limit", "by callers", "by others"));
    tenant
        .budgets()
        .windows()
        .forEach((bucket, windows) -> {
          Budgets.Window last = windows.getLast();
          row(
              bucket,
              last.opened(),
              last.ends(),
              last.used(),
              last.limit(),
              last.callers(),
              last.others());
        });
    end();
    table("Calls of others", List.of("kind", "passed", "refused"));
    tenant.budgets().others().forEach((kind, count) -> row(kind, count.used(), count.refused()));
    end();
    html.append("<p>E-mails sent: ").append(tenant.directory().mails().size()).append("</p>");
    table("The newest users", List.of("id", "login", "status", "last updated"));
    users.reversed().stream()
        .limit(SHOWN_USERS)
        .forEach(user -> row(user.id(), user.login(), user.status(), user.lastUpdated()));
    end();
    return html.append("</body></html>").toString();
  }

  private void sources(Sources sources) {
    sources
        .roadblock()
        .ifPresent(roadblock ->
            html.append("<p>The import safeguard holds up all imports since ")
                .append(roadblock.since())
                .append(", because of session ")
                .append(escaped(roadblock.session()))
                .append(".</p>"));
    table("Identity sources", List.of("id", "label", "assigned", "sessions"));
    for (Source source : sources.all()) {
      row(
          source.id(),
          source.label(),
          sources.assignments(source.id()).stream().filter(Assignment::assigned).count(),
          sources.taken(source.id()).size());
    }
    end();
    table(
        "The newest sessions",
        List.of("id", "source", "status", "by", "created", "requests", "people", "bytes", "done"));
    sources.all().stream()
        .flatMap(source -> sources.taken(source.id()).reversed().stream().limit(SHOWN_SESSIONS))
        .forEach(one ->
            row(
                one.session().id(),
                one.session().source(),
                one.session().status(),
                one.session().by(),
                one.session().created(),
                one.uploads().size(),
                one.uploads().stream().mapToInt(Upload::rows).sum(),
                one.uploads().stream().mapToInt(Upload::bytes).sum(),
                one.applied()));
    end();
  }

  private void table(String title, List<String> heads) {
    html.append("<h2>").append(title).append("</h2><table><tr>");
    heads.forEach(head -> html.append("<th>").append(head).append("</th>"));
    html.append("</tr>");
  }

  private void row(Object... cells) {
    html.append("<tr>");
    for (Object cell : cells) {
      html.append("<td>").append(escaped(cell.toString())).append("</td>");
    }
    html.append("</tr>");
  }

  private void end() {
    html.append("</table>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
