package dev.rollcall.web.page;

import dev.rollcall.audit.AuditFilter;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.audit.AuditSearch.Hit;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.sync.Instance;
import dev.rollcall.web.WebParts;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Every decision and call, the newest first. */
@Controller("auditPage")
final class AuditController {

  private static final int PAGE = 50;

  private final WebParts parts;
  private final PeopleSearch people;
  private final Names names;

  AuditController(WebParts parts) {
    this.parts = parts;
    this.people = new PeopleSearch(parts);
    this.names = new Names(parts);
  }

  @GetMapping("/audit")
  String list(
      @RequestParam(defaultValue = "") String person,
      @RequestParam(defaultValue = "") String kind,
      @RequestParam(defaultValue = "") String instance,
      @RequestParam(defaultValue = "") String event,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(required = false) @Nullable Long before,
      Model model) {
    AuditAsked asked = new AuditAsked(person, kind, instance, event, from, to);
    List<PeopleSearch.Hit> meant = meant(asked.person());
    SubjectKey subject = subject(asked.person(), meant);
    boolean several = subject == null && !asked.person().isEmpty();
    AuditFilter filter = asked.filter(subject, before, zone());
    List<Hit> found = several ? List.of() : parts.auditSearch().find(filter, PAGE + 1);
    boolean more = found.size() > PAGE;
    List<Hit> page = more ? found.subList(0, PAGE) : found;
    model.addAttribute("asked", asked);
    model.addAttribute("lines", lines(page));
    model.addAttribute("older", more ? page.getLast().id() : null);
    model.addAttribute("newest", before == null);
    model.addAttribute("meant", several ? meant : List.of());
    model.addAttribute("kinds", AuditKind.values());
    model.addAttribute("instances", instances(asked.instance()));
    model.addAttribute("export", AuditAsked.export(filter));
    return "audit";
  }

  private List<AuditLine> lines(List<Hit> hits) {
    Map<SubjectKey, String> known =
        names.of(
            hits.stream().map(Hit::subject).filter(Objects::nonNull).collect(Collectors.toSet()));
    return hits.stream()
        .map(hit -> AuditLine.of(hit, hit.subject() == null ? null : known.get(hit.subject())))
        .toList();
  }

  /** Everybody who can be meant; empty for somebody of whom only the audit knows. */
  private List<PeopleSearch.Hit> meant(String typed) {
    if (typed.isEmpty()) {
      return List.of();
    }
    List<PeopleSearch.Hit> hits = people.find(typed).hits();
    List<PeopleSearch.Hit> exact =
        hits.stream()
            .filter(
                hit -> hit.subject().id().equals(typed) || hit.subject().toString().equals(typed))
            .toList();
    return exact.isEmpty() ? hits : exact;
  }

  /** Who is meant; null when nobody was named, or it can be several. */
  private @Nullable SubjectKey subject(String typed, List<PeopleSearch.Hit> meant) {
    if (typed.isEmpty() || meant.size() > 1) {
      return null;
    }
    if (meant.size() == 1) {
      return meant.getFirst().subject();
    }
    int colon = typed.indexOf(':');
    String id = typed.substring(colon + 1).strip();
    String source =
        colon > 0
            ? typed.substring(0, colon).strip()
            : parts.instances().stream().map(Instance::sourceName).findFirst().orElse("unknown");
    return new SubjectKey(source.isEmpty() ? "unknown" : source, id.isEmpty() ? typed : id);
  }

  /** Those of the settings, and the one that is asked for: the audit remembers others, too. */
  private List<String> instances(String asked) {
    List<String> all = new ArrayList<>(parts.instances().stream().map(Instance::name).toList());
    if (!asked.isEmpty() && !all.contains(asked)) {
      all.add(asked);
    }
    return all;
  }

  private ZoneId zone() {
    return parts.instances().stream().findFirst().map(Instance::zone).orElse(ZoneOffset.UTC);
  }
}
