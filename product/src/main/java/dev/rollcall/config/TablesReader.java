package dev.rollcall.config;

import dev.rollcall.model.Account;
import dev.rollcall.plan.Counting;
import dev.rollcall.plan.PlanSettings;
import dev.rollcall.plan.Tables;
import dev.rollcall.plan.rule.Exclusion;
import dev.rollcall.plan.rule.Rules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the guide keeps in a message's configuration lookup and the lookups it names ({@code
 * Lookup.PSFT.Message.SccConstituentSync.Configuration}).
 *
 * @param exclusion for both messages
 * @param matchAlso for both messages, not checked yet
 * @param expected for both messages, not checked yet
 * @param earliestStart whether {@code Start Date} is the earliest primary name's instead of the
 *     guide's
 */
record TablesReader(
    Exclusion exclusion,
    @Nullable String matchAlso,
    boolean createOnChange,
    boolean earliestStart,
    List<String> expected) {

  /** Everything of one message; where something is wrong, as if it were not there. */
  Tables read(Layered message, Map<String, String> attributes) {
    MappingReader mapping = MappingReader.read(message, attributes, earliestStart);
    RulesReader rules = new RulesReader(message, mapping);
    return new Tables(
        mapping.mapping(),
        new PlanSettings(
            createOnChange,
            matchAlso,
            status(message),
            created(message),
            counting(message),
            expected),
        new Rules(exclusion, rules.transformations(), rules.validations(), rules.query()));
  }

  private static Account.Status status(Layered message) {
    Map<String, Account.Status> choices = new LinkedHashMap<>();
    for (Account.Status status : Account.Status.values()) {
      choices.put(status.label(), status);
    }
    return message.oneOf("employeeStatus", choices, Account.Status.ENABLED);
  }

  private static Counting counting(Layered message) {
    List<String> active = message.texts("activeStatuses", Counting.ACTIVE);
    if (active.isEmpty() || active.stream().anyMatch(String::isBlank)) {
      message.problemAt("activeStatuses", "needs at least one status and no blank one");
    }
    return new Counting(
        Set.copyOf(active),
        message.oneOf("blankStart", choices("started", "notStarted"), true),
        message.oneOf("blankEnd", choices("open", "over"), true));
  }

  private static Map<String, Boolean> choices(String yes, String no) {
    Map<String, Boolean> choices = new LinkedHashMap<>();
    choices.put(yes, true);
    choices.put(no, false);
    return choices;
  }

  private static Map<String, String> created(Layered message) {
    Map<String, String> created = new LinkedHashMap<>();
    put(created, "organization", message.text("organization").orElse("Xellerate Users"));
    put(created, "user_type", message.text("userType").orElse("End-User"));
    return created;
  }

  private static void put(Map<String, String> created, String attribute, String text) {
    if (!text.isBlank()) {
      created.put(attribute, text.strip());
    }
  }
}
