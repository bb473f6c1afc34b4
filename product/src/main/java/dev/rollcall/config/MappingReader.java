package dev.rollcall.config;

import dev.rollcall.config.Layered.Entry;
import dev.rollcall.plan.AttributeNames;
import dev.rollcall.plan.AttributeRule;
import dev.rollcall.plan.CampusDefaults;
import dev.rollcall.plan.Decode;
import dev.rollcall.plan.Mapping;
import dev.rollcall.plan.ReconField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the attribute mapping, the reconciliation fields and the list of affiliation fields. */
final class MappingReader {

  private static final String START_DATE = "Start Date";

  /** Fields of the guide's table that no message gives a value. */
  private static final Set<String> NOT_MAPPED =
      Set.of("Affiliations", "User Type", "Organization", "Employee Status");

  private final Layered message;
  private final boolean earliestStart;
  private final Map<String, Entry> attributes;
  private final Map<String, Decode> decodes = new LinkedHashMap<>();
  private final @Nullable Set<String> listed;
  private final List<AttributeRule> rules = new ArrayList<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private Mapping mapping = Mapping.campusDefaults();
  private boolean wrong;

  private MappingReader(Layered message, Map<String, String> shipped, boolean earliestStart) {
    this.message = message;
    this.earliestStart = earliestStart;
    this.attributes = message.table("attributes", shipped);
    this.listed =
        message
            .text("affiliations")
            .<Set<String>>map(list -> new HashSet<>(Arrays.asList(list.split("~", -1))))
            .orElse(null);
  }

  static MappingReader read(Layered message, Map<String, String> shipped, boolean earliestStart) {
    MappingReader reader = new MappingReader(message, shipped, earliestStart);
    reader.decodes();
    reader.checkList();
    reader.fields();
    if (reader.wrong) {
      return reader; // what follows from it would only hide it
    }
    try {
      reader.mapping = new Mapping(reader.rules);
    } catch (IllegalArgumentException wrong) {
      String key =
          message.has("attributes") || !message.has("affiliations") ? "attributes" : "affiliations";
      message.problemAt(key, "do not fit together: " + wrong.getMessage());
    }
    return reader;
  }

  Mapping mapping() {
    return mapping;
  }

  /** The identity's attributes by the guide's names, of the field and of the attribute. */
  Map<String, String> names() {
    return names;
  }

  private void decodes() {
    attributes.forEach((label, entry) -> {
      try {
        decodes.put(label, Decode.parse(entry.text()));
      } catch (IllegalArgumentException wrong) {
        problem(entry, label, String.valueOf(wrong.getMessage()));
      }
    });
    Entry start = attributes.get(START_DATE);
    if (earliestStart && start != null && start.section() != null) {
      problem(start, START_DATE, "is set, but startDate: earliestPrimary decides it already");
    }
  }

  private void checkList() {
    Set<String> list = listed;
    if (list == null) {
      return;
    }
    for (String label : list) {
      Decode decode = decodes.get(label);
      if (decode == null ? !attributes.containsKey(label) : decode.resource() == null) {
        wrong = true;
        message.problemAt(
            "affiliations",
            "names '%s', which attributes do not map with RESOURCE=Affiliations".formatted(label));
      }
    }
    attributes.forEach((label, entry) -> {
      Decode decode = decodes.get(label);
      if (decode != null && decode.resource() != null && !list.contains(label)) {
        problem(entry, label, "is a field of the affiliations, but not in the list 'affiliations'");
      }
    });
  }

  /** A field for each entry of the table, and one of the same name for what no entry reads. */
  private void fields() {
    Set<String> read = new HashSet<>();
    Map<String, Entry> table = message.table("reconFields", CampusDefaults.reconFields());
    CampusDefaults.reconFields()
        .forEach((field, text) -> {
          if (!table.containsKey(field)) {
            read.add(ReconField.parse(text).attribute()); // taken away: no field reads it
          }
        });
    table.forEach((field, entry) -> {
      try {
        ReconField recon = ReconField.parse(entry.text());
        read.add(recon.attribute());
        field(field, recon, entry);
      } catch (IllegalArgumentException wrong) {
        problem(entry, field, String.valueOf(wrong.getMessage()));
      }
    });
    decodes.forEach((label, decode) -> {
      if (!read.contains(label)) {
        rule(label, label, decode);
      }
    });
  }

  private void field(String field, ReconField recon, Entry entry) {
    Decode decode = decodes.get(recon.attribute());
    if (decode == null) {
      boolean broken = attributes.containsKey(recon.attribute());
      if (entry.section() != null && !broken && !NOT_MAPPED.contains(recon.attribute())) {
        throw new IllegalArgumentException(
            "reads '%s', which attributes do not have; there are %s"
                .formatted(recon.attribute(), String.join(", ", attributes.keySet())));
      }
      return;
    }
    if (recon.resource() != (decode.resource() != null) && entry.section() != null) {
      throw new IllegalArgumentException(
          decode.resource() == null
              ? "is marked as a field of the affiliations, which '%s' is not"
                  .formatted(recon.attribute())
              : "must end with ~None~None~Resource, because '%s' is a field of the affiliations"
                  .formatted(recon.attribute()));
    }
    rule(field, recon.attribute(), decode);
  }

  private void rule(String field, String label, Decode decode) {
    Set<String> list = listed;
    if (decode.resource() != null) {
      if (list == null || list.contains(label)) {
        rules.add(new AttributeRule(AttributeNames.ofAffiliation(field), label, decode));
      }
      return;
    }
    String name = AttributeNames.of(field);
    names.put(field, name);
    names.putIfAbsent(label, name);
    if (earliestStart && label.equals(START_DATE)) {
      String primary = "EFFDT~%s~NAME_TYPE=PRI~EFFDT".formatted(decode.record());
      rules.add(new AttributeRule(name, label, Decode.parse(primary), true));
    } else {
      rules.add(new AttributeRule(name, label, decode));
    }
  }

  private void problem(Entry entry, String key, String text) {
    Section section = entry.section();
    if (section != null) {
      wrong = true;
      section.problemAt(key, "'%s.%s' %s".formatted(section.path(), key, text));
    }
  }
}
