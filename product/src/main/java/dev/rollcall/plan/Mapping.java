package dev.rollcall.plan;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

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

  /** The rules for the account's own attributes. */
  List<AttributeRule> attributes() {
    return rules.stream().filter(rule -> rule.decode().resource() == null).toList();
  }

  /** The rules for the fields of an affiliation; empty when affiliations are not mapped. */
  Map<AffiliationField, AttributeRule> affiliation() {
    return affiliation(rules);
  }

  private static Map<AffiliationField, AttributeRule> affiliation(List<AttributeRule> rules) {
    Map<AffiliationField, AttributeRule> fields = new EnumMap<>(AffiliationField.class);
    for (AttributeRule rule : rules) {
      if (rule.decode().resource() != null
          && fields.put(AffiliationField.of(rule.attribute()), rule) != null) {
        throw new IllegalArgumentException(
            "Two rules fill the affiliation's field '%s'".formatted(rule.attribute()));
      }
    }
    return fields;
  }

  private static void checkAttributes(List<AttributeRule> rules) {
    Set<String> names = new HashSet<>();
    for (AttributeRule rule : rules) {
      if (rule.decode().resource() == null && !names.add(rule.attribute())) {
        throw new IllegalArgumentException("Two rules fill '%s'".formatted(rule.attribute()));
      }
    }
    long primaries = rules.stream().filter(rule -> rule.decode().primary()).count();
    if (primaries != 1) {
      throw new IllegalArgumentException(
          "A mapping needs exactly one PRIMARY rule, the login; this one has " + primaries);
    }
  }

  private static void checkAffiliations(List<AttributeRule> rules) {
    Map<AffiliationField, AttributeRule> fields = affiliation(rules);
    if (!fields.isEmpty() && !fields.keySet().containsAll(NEEDED)) {
      throw new IllegalArgumentException(
          "Affiliations need rules for institution, code and status; found " + fields.keySet());
    }
    Decode first = null;
    for (AttributeRule rule : fields.values()) {
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
    if (decode.effdt() != null) {
      return "is effective-dated; an affiliation has its own first and last day";
    }
    if (!decode.record().equals(first.record()) || !Objects.equals(decode.type(), first.type())) {
      return "looks at other rows than '%s'".formatted(first.text());
    }
    return "";
  }
}
