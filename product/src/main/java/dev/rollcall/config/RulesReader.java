package dev.rollcall.config;

import dev.rollcall.config.Layered.Entry;
import dev.rollcall.plan.AttributeNames;
import dev.rollcall.plan.CampusDefaults;
import dev.rollcall.plan.rule.CelExpressions;
import dev.rollcall.plan.rule.Expression;
import dev.rollcall.plan.rule.Query;
import dev.rollcall.plan.rule.TransformationRule;
import dev.rollcall.plan.rule.ValidationRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads transformation, validation and limited reconciliation. What is switched off is checked too:
 * it should not be found broken on the day it is switched on.
 */
final class RulesReader {

  private static final String USERS = "Users.";
  private static final String USER_DEFINED = "USR_UDF_";

  /** Words that CEL keeps for itself. */
  private static final Set<String> RESERVED =
      Set.of(
          "as",
          "break",
          "const",
          "continue",
          "else",
          "false",
          "for",
          "function",
          "if",
          "import",
          "in",
          "let",
          "loop",
          "namespace",
          "null",
          "package",
          "return",
          "true",
          "var",
          "void",
          "while",
          "affiliations");

  private final Layered message;
  private final Map<String, String> names;
  private @Nullable CelExpressions expressions;

  RulesReader(Layered message, MappingReader mapping) {
    this.message = message;
    this.names = mapping.names();
  }

  /** What makes a rule of an expression or a class. */
  private interface Make<R> {
    R rule(String attribute, String label, String text);
  }

  List<TransformationRule> transformations() {
    List<TransformationRule> rules =
        rules(
            "transformation",
            (attribute, label, text) ->
                new TransformationRule(attribute, label, transformation(attribute, text)));
    return message.flag("useTransformation") ? rules : List.of();
  }

  List<ValidationRule> validations() {
    List<ValidationRule> rules =
        rules(
            "validation",
            (attribute, label, text) ->
                new ValidationRule(attribute, label, validation(attribute, text)));
    return message.flag("useValidation") ? rules : List.of();
  }

  private Expression<String> transformation(String attribute, String text) {
    return text.startsWith(JavaRule.PREFIX)
        ? JavaRule.transformation(text, attribute)
        : expressions().text(text);
  }

  private Expression<Boolean> validation(String attribute, String text) {
    return text.startsWith(JavaRule.PREFIX)
        ? JavaRule.validation(text, attribute)
        : expressions().condition(text);
  }

  private <R> List<R> rules(String key, Make<R> make) {
    List<R> rules = new ArrayList<>();
    message
        .table(key, Map.of())
        .forEach((label, entry) -> {
          String attribute = names.get(label);
          if (attribute == null) {
            problem(
                entry, label, "is no mapped field; there are " + String.join(", ", names.keySet()));
            return;
          }
          try {
            rules.add(make.rule(attribute, label, entry.text()));
          } catch (IllegalArgumentException wrong) {
            problem(entry, label, "is '%s': %s".formatted(entry.text(), wrong.getMessage()));
          }
        });
    return rules;
  }

  /** Made when the first expression needs it, because the first compilation takes a second. */
  private CelExpressions expressions() {
    CelExpressions made = expressions;
    if (made == null) {
      Set<String> variables = new TreeSet<>(names.values());
      variables.removeIf(name -> RESERVED.contains(name) || Character.isDigit(name.charAt(0)));
      made = new CelExpressions(variables);
      expressions = made;
    }
    return made;
  }

  Query query() {
    Map<String, String> fields = new LinkedHashMap<>();
    message
        .table("customQueryFields", CampusDefaults.customQueryFields())
        .forEach((field, entry) -> {
          String attribute = attribute(entry.text());
          if (names.containsValue(attribute)) {
            fields.put(field, attribute);
          } else {
            problem(
                entry,
                field,
                "is '%s', which is no attribute; there are %s"
                    .formatted(entry.text(), String.join(", ", new TreeSet<>(names.values()))));
          }
        });
    String text = message.text("customQuery").orElse(Query.NO_CONDITION);
    try {
      return Query.parse(text, fields);
    } catch (IllegalArgumentException wrong) {
      message.problemAt("customQuery", "is '%s': %s".formatted(text, wrong.getMessage()));
      return Query.everybody();
    }
  }

  /** The attribute a column of the guide's USR table is here; ours may be named as they are. */
  private static String attribute(String column) {
    if (column.startsWith(USERS)) {
      return AttributeNames.of(column.substring(USERS.length()));
    }
    return column.startsWith(USER_DEFINED)
        ? column.substring(USER_DEFINED.length()).toLowerCase(Locale.ROOT)
        : column;
  }

  private static void problem(Entry entry, String key, String text) {
    Section section = entry.section();
    if (section != null) {
      section.problemAt(key, "'%s.%s' %s".formatted(section.path(), key, text));
    }
  }
}
