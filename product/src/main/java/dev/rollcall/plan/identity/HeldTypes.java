package dev.rollcall.plan.identity;

import dev.rollcall.model.Facts;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which identity types a person holds, and what follows from that.
 *
 * @param standing whether they are due an account
 * @param counting the types by which they are, the leading one first; empty unless they are
 * @param all the configured types of which the source has a row, counting or not
 * @param complete whether these rows are all there are
 * @param onLeave whether they are on leave and hold nothing that goes on meanwhile
 * @param why the reason of the standing
 * @param remarks what of it could not be used, for a person to look at
 */
record HeldTypes(
    Standing standing,
    List<IdentityType> counting,
    List<IdentityType> all,
    boolean complete,
    boolean onLeave,
    String why,
    List<String> remarks) {

  static final String RECORD = "IDENTITY_TYPE";

  /** Whether somebody is due an account. */
  enum Standing {
    /** They hold an identity type. */
    HOLDS,
    /** They hold none: that is known, and not only not told. */
    LEFT,
    /** Not enough is known to decide. */
    UNKNOWN
  }

  static HeldTypes of(Facts facts, PersonFields person, IdentitySettings settings) {
    RecordFacts record = facts.record(RECORD);
    boolean complete = record != null && record.complete();
    Set<String> codes = record == null ? Set.of() : codes(record);
    List<IdentityType> all =
        settings.types().stream()
            .filter(type -> codes.stream().anyMatch(type::is))
            .collect(Collectors.toCollection(ArrayList::new));
    Set<String> strange = new LinkedHashSet<>(codes);
    strange.removeIf(code ->
        all.stream().anyMatch(type -> type.is(code))
            || settings.ignoredTypes().contains(code.toUpperCase(Locale.ROOT)));
    List<String> remarks =
        strange.stream()
            .map(code ->
                "identity type %s is not configured; configure it, or have it ignored"
                    .formatted(code))
            .toList();
    if (facts.standing() == Facts.Standing.DELETED) {
      return new HeldTypes(
          Standing.LEFT, List.of(), all, true, false, "the source deleted the person", remarks);
    }
    String status = status(person);
    boolean inactive = status != null && settings.inactiveCodes().contains(status);
    List<IdentityType> counting =
        all.stream().filter(type -> !inactive || holdsWithoutJob(type, settings)).toList();
    if (!counting.isEmpty()) {
      boolean onLeave =
          status != null
              && settings.leaveCodes().contains(status)
              && counting.stream().noneMatch(type -> holdsWithoutJob(type, settings));
      return new HeldTypes(
          Standing.HOLDS, counting, all, complete, onLeave, "holds " + names(counting), remarks);
    }
    if (!complete) {
      String why =
          record == null
              ? "the source does not tell identity types"
              : "the source tells no identity type, and not that there is none";
      return unknown(all, false, why, remarks);
    }
    if (inactive) {
      String why =
          "HR_STATUS is %s%s"
              .formatted(
                  status,
                  all.isEmpty() ? " and no identity type is held" : ", which ends " + names(all));
      return new HeldTypes(Standing.LEFT, List.of(), all, true, false, why, remarks);
    }
    return strange.isEmpty()
        ? new HeldTypes(
            Standing.LEFT, List.of(), all, true, false, "no identity type is held", remarks)
        : unknown(all, true, "only identity types that are not configured are held", remarks);
  }

  private static HeldTypes unknown(
      List<IdentityType> all, boolean complete, String why, List<String> remarks) {
    return new HeldTypes(Standing.UNKNOWN, List.of(), all, complete, false, why, remarks);
  }

  /** The type that decides; null when none counts. */
  @Nullable IdentityType leading() {
    return counting.isEmpty() ? null : counting.getFirst();
  }

  private static boolean holdsWithoutJob(IdentityType type, IdentitySettings settings) {
    return settings.withoutJob().contains(type.code().toUpperCase(Locale.ROOT));
  }

  /** HR_STATUS in capitals; null when it is empty or not told. */
  static @Nullable String status(PersonFields person) {
    String status = person.text(PersonFields.HR_STATUS);
    return status == null ? null : status.toUpperCase(Locale.ROOT);
  }

  static String names(List<IdentityType> types) {
    return types.stream().map(IdentityType::code).collect(Collectors.joining(", "));
  }

  private static Set<String> codes(RecordFacts record) {
    Set<String> codes = new LinkedHashSet<>();
    for (Row row : record.rows()) {
      if (!row.deleted() && row.fields().get(RECORD) instanceof Value.Text(String code)) {
        codes.add(code);
      }
    }
    return codes;
  }
}
