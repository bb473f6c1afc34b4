package dev.rollcall.web;

import dev.rollcall.access.SignedIn;
import dev.rollcall.model.Account;
import dev.rollcall.model.Affiliation;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.model.Value;
import dev.rollcall.sync.Instance;
import dev.rollcall.web.api.Operation;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Everybody of an instance, one JSON object a line. */
@RestController
final class ExportController {

  private static final int TOGETHER = 500;
  private static final List<String> ATTRIBUTES =
      List.of("login", "first_name", "last_name", "email", "phone", "campus_id", "start_date");

  private final WebParts parts;
  private final JsonMapper json = new JsonMapper();

  ExportController(WebParts parts) {
    this.parts = parts;
  }

  @Operation(
      value = "Writes everybody of an instance, one a line.",
      gives = Operation.LINES,
      answers = Map.class)
  @GetMapping("/api/instances/{name}/export")
  void export(@PathVariable String name, SignedIn who, HttpServletResponse response)
      throws IOException {
    Instance instance =
        parts.instances().stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new Failures.NotFound("There is no instance " + name));
    if (instance.elsewhere()) {
      throw new IllegalArgumentException(
          "The accounts of %s are in %s: export them there, a call for each is not made for it"
              .formatted(name, instance.targetName()));
    }
    List<SubjectKey> everybody =
        parts.links().subjects(instance.targetName(), instance.sourceName());
    Set<String> hidden = new HashSet<>(instance.nationalIds());
    hidden.addAll(parts.links().nationalIds(instance.targetName(), instance.sourceName()));
    parts
        .requests()
        .exported(name, who.name(), Map.of("what", "people", "people", everybody.size()));
    response.setContentType("application/x-ndjson;charset=UTF-8");
    OutputStream out = response.getOutputStream();
    for (int from = 0; from < everybody.size(); from += TOGETHER) {
      List<SubjectKey> part = everybody.subList(from, Math.min(from + TOGETHER, everybody.size()));
      write(instance, part, hidden, out);
    }
  }

  private void write(Instance instance, List<SubjectKey> part, Set<String> hidden, OutputStream out)
      throws IOException {
    Map<SubjectKey, String> links = parts.links().find(instance.targetName(), part);
    Map<String, Account> accounts = instance.target().read(links.values());
    Map<SubjectKey, SyncEvent> dates = new HashMap<>();
    parts
        .lookup()
        .pendingDates(instance.name(), part)
        .forEach(due -> dates.put(due.subject(), due));
    for (SubjectKey subject : part) {
      Account account = accounts.get(links.getOrDefault(subject, ""));
      if (account != null) {
        Map<String, Object> line = line(instance, subject, account, dates.get(subject));
        // An export goes where no right is asked for: it never holds a national id.
        hidden.forEach(name -> line.computeIfPresent(name, (_, _) -> "***"));
        out.write((json.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @SuppressWarnings("NullAway") // the maps hold nulls on purpose: no value is told as null
  private static Map<String, Object> line(
      Instance instance, SubjectKey subject, Account account, @Nullable SyncEvent date) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("emplid", subject.id());
    for (String attribute : ATTRIBUTES) {
      line.put(attribute, text(account.attributes().get(attribute)));
    }
    account
        .attributes()
        .forEach((name, value) -> {
          if (!ATTRIBUTES.contains(name)) {
            line.put(name, text(value));
          }
        });
    line.put("status", account.status().label());
    List<Map<String, Object>> affiliations = new ArrayList<>();
    for (Account.HeldAffiliation held : account.affiliations()) {
      affiliations.add(affiliation(held));
    }
    line.put("affiliations", affiliations);
    line.put("roles", List.copyOf(account.groups()));
    line.put(
        "next_change",
        date == null ? null : LocalDate.ofInstant(date.due(), instance.zone()).toString());
    return line;
  }

  @SuppressWarnings("NullAway") // as above
  private static Map<String, Object> affiliation(Account.HeldAffiliation held) {
    Affiliation affiliation = held.affiliation();
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("institution", affiliation.institution());
    told.put("code", affiliation.code());
    told.put("status", affiliation.status());
    told.put("description", affiliation.description());
    told.put("from", affiliation.from() == null ? null : affiliation.from().toString());
    told.put("to", affiliation.to() == null ? null : affiliation.to().toString());
    told.put("enabled", held.enabled());
    told.put("more", new TreeMap<>(affiliation.more()));
    return told;
  }

  private static @Nullable String text(@Nullable Value value) {
    return value == null ? null : value.textOrNull();
  }
}
