package dev.rollcall.simulators.hcm;

import dev.rollcall.simulators.hcm.people.Expectation;
import dev.rollcall.simulators.hcm.people.Expectation.Expected;
import dev.rollcall.simulators.hcm.people.Expectation.Standing;
import dev.rollcall.simulators.hcm.people.Worker;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The tenant at a glance, for whoever looks at it with a browser. */
final class StatePage {
  private static final int SHOWN = 50;

  private final StringBuilder html = new StringBuilder();

  private StatePage() {}

  static String of(Tenant tenant) {
    return new StatePage().write(tenant);
  }

  private String write(Tenant tenant) {
    html.append(
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8">
        <meta http-equiv="refresh" content="5"><title>Oracle HCM simulator</title>
        <style>body{font:14px sans-serif;margin:2em}table{border-collapse:collapse;margin:1em 0}
        td,th{border:1px solid #bbb;padding:.2em .6em;text-align:left}</style></head><body>
        <h1>Oracle HCM simulator</h1>
        """);
    html.append("<p>Its clock says ").append(tenant.clock().instant());
    html.append(tenant.clock().runs() ? "" : " and stands still").append(". Today is ");
    html.append(tenant.today()).append(".</p>");
    table("People by standing", List.of("standing", "people"));
    standings(tenant).forEach((standing, count) -> row(standing, count));
    end();
    html.append("<p>Locations: ").append(tenant.population().locations().size()).append("</p>");
    table("Faults to come", List.of("fault", "resource", "times"));
    tenant
        .faults()
        .waiting()
        .forEach(one -> row(one.fault(), one.resource().orElse("any"), one.times()));
    end();
    table("The newest people", List.of("number", "person id", "name", "e-mail", "standing"));
    Expectation expectation = new Expectation(tenant.population(), tenant.today());
    List<Worker> workers = tenant.population().workers();
    workers.subList(Math.max(0, workers.size() - SHOWN), workers.size()).reversed().stream()
        .map(expectation::of)
        .forEach(this::person);
    end();
    return html.append("</body></html>").toString();
  }

  private void person(Expected one) {
    row(
        one.personNumber(),
        shown(one, "personId"),
        shown(one, "displayName"),
        shown(one, "email"),
        one.standing());
  }

  private static String shown(Expected one, String field) {
    return String.valueOf(one.profile().get(field));
  }

  /** How many people stand how today. */
  static Map<Standing, Integer> standings(Tenant tenant) {
    Expectation expectation = new Expectation(tenant.population(), tenant.today());
    Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
    tenant
        .population()
        .workers()
        .forEach(one -> counts.merge(expectation.standing(one), 1, Integer::sum));
    return counts;
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
