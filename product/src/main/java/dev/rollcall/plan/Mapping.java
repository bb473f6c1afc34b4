package dev.rollcall.plan;

import dev.rollcall.model.Origin;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * All rules of an instance, checked against each other once so that nothing about them can fail
 * while a person is planned.
 *
 * @param rules in the order in which changes are listed
 */
public record Mapping(List<AttributeRule> rules) {

  /** The child resource whose rows are a person's affiliations, as the guide names it. */
  static final String AFFILIATIONS = "Affiliations";

  private static final Set<AffiliationField> NEEDED =
      Set.of(AffiliationField.INSTITUTION, AffiliationField.CODE, AffiliationField.STATUS);

  public Mapping {
    rules = List.copyOf(rules);
    checkAttributes(rules);
    checkAffiliations(rules);
  }

  /** The guide's own table for {@code SCC_CONSTITUENT_SYNC}. */
  public static Mapping campusDefaults() {
    return new Mapping(CampusDefaults.rules());
  }

  /** The one rule without whose value a person is not acted on: the login. */
  public AttributeRule primary() {
    return rules.stream().filter(rule -> rule.decode().primary()).findFirst().orElseThrow();
  }

  /** The names of the account's own attributes. */
  public List<String> attributeNames() {
    return attributes().stream().map(AttributeRule::attribute).toList();
  }

  /** The attributes an account may be searched by; reasons show them, so no national ids. */
  public List<String> searchableNames() {
    return attributes().stream()
        .filter(rule -> !rule.decode().primary())
        .filter(rule -> !Origin.isNationalId(rule.decode().node()))
        .map(AttributeRule::attribute)
        .toList();
  }

  /** The attributes that are read from a national id, which is never shown. */
  Set<String> nationalIds() {
    Set<String> names = new HashSet<>();
    for (AttributeRule rule : attributes()) {
      if (Origin.isNationalId(rule.decode().node())) {
        names.add(rule.attribute());
      }
    }
    return names;
  }

  /** The rules for the account's own attributes. */
  List<AttributeRule> attributes() {
    return rules.stream().filter(rule -> rule.decode().resource() == null).toList();
  }

  /** The rules for the fields of an affiliation; empty when affiliations are not mapped. */
  Map<AffiliationField, AttributeRule> affiliation() {
    return affiliation(rules);
  }

  /** The rules for what an affiliation has beside its fields, by name. */
  Map<String, AttributeRule> moreOfAffiliation() {
    Map<String, AttributeRule> more = new LinkedHashMap<>();
    for (AttributeRule rule : rules) {
      if (rule.decode().resource() != null && AffiliationField.of(rule.attribute()).isEmpty()) {
        more.put(rule.attribute(), rule);
      }
    }
    return more;
  }

  private static Map<AffiliationField, AttributeRule> affiliation(List<AttributeRule> rules) {
    Map<AffiliationField, AttributeRule> fields = new EnumMap<>(AffiliationField.class);
    for (AttributeRule rule : rules) {
      if (rule.decode().resource() != null) {
        AffiliationField.of(rule.attribute()).ifPresent(field -> fields.put(field, rule));
      }
    }
    return fields;
  }

  /** The same mapping with records under the names that the source keeps their rows under. */
  public Mapping withRecords(UnaryOperator<String> canonical) {
    return new Mapping(rules.stream().map(rule -> rule.withRecord(canonical)).toList());
  }

  private static void checkAttributes(List<AttributeRule> rules) {
    Set<String> names = new HashSet<>();
    Set<String> children = new HashSet<>();
    for (AttributeRule rule : rules) {
      if (rule.decode().resource() == null && !names.add(rule.attribute())) {
        throw new IllegalArgumentException("Two rules fill '%s'".formatted(rule.attribute()));
      }
      if (rule.decode().resource() != null && !children.add(rule.attribute())) {
        throw new IllegalArgumentException(
            "Two rules fill the affiliation's field '%s'".formatted(rule.attribute()));
      }
    }
    long primaries = rules.stream().filter(rule -> rule.decode().primary()).count();
    if (primaries != 1) {
      throw new IllegalArgumentException(
          "A mapping needs exactly one PRIMARY rule, the login; this one has " + primaries);
    }
  }

  private static void checkAffiliations(List<AttributeRule> rules) {
    List<AttributeRule> fields =
        rules.stream().filter(rule -> rule.decode().resource() != null).toList();
    if (!fields.isEmpty() && !affiliation(rules).keySet().containsAll(NEEDED)) {
      throw new IllegalArgumentException(
          "Affiliations need rules for institution, code and status; found "
              + fields.stream().map(AttributeRule::attribute).toList());
    }
    Decode first = null;
    for (AttributeRule rule : fields) {
      Decode decode = rule.decode();
      first = first == null ? decode : first;
      String problem = problemOf(decode, first);
      if (!problem.isEmpty()) {
        throw new IllegalArgumentException(
            "%s (%s): '%s' %s".formatted(rule.attribute(), rule.label(), rule.text(), problem));
      }
    }
  }

  /** All fields of an affiliation come from one row, so their rules must look at the same rows. */
  private static String problemOf(Decode decode, Decode first) {
    if (!AFFILIATIONS.equals(decode.resource())) {
      return "names the resource '%s'; only '%s' is known"
          .formatted(decode.resource(), AFFILIATIONS);
    }
    if (Origin.isNationalId(decode.node())) {
      return "is a national id; everything of an affiliation is shown";
    }
    if (decode.effdt() != null) {
      return "is effective-dated; an affiliation has its own first and last day";
    }
    if (!decode.record().equals(first.record()) || !Objects.equals(decode.type(), first.type())) {
      return "looks at other rows than '%s'".formatted(first.text());
    }
    return "";
  }
}
