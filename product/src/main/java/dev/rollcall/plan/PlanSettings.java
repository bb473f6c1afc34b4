package dev.rollcall.plan;

import dev.rollcall.model.Account;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an instance may decide about planning.
 *
 * @param createOnChange whether an account is made for a person of whom only changes were ever
 *     told; the guide creates only for those who were added (seed 004 §1.4.5), so normally not
 * @param matchAlso the attribute by which an account is searched beside its login, null for none
 * @param createdStatus how a new account begins; the guide's {@code Employee Status}
 * @param createdAttributes what only a new account is given, by attribute; the guide's {@code
 *     Organization} and {@code User Type}
 * @param counting when an affiliation counts
 * @param expected the attributes of which a person should look at those who have none
 */
public record PlanSettings(
    boolean createOnChange,
    @Nullable String matchAlso,
    Account.Status createdStatus,
    Map<String, String> createdAttributes,
    Counting counting,
    List<String> expected) {

  public PlanSettings {
    expected = List.copyOf(expected);
    createdAttributes = Collections.unmodifiableMap(new LinkedHashMap<>(createdAttributes));
  }

  /** Without anything that is expected. */
  public PlanSettings(
      boolean createOnChange,
      @Nullable String matchAlso,
      Account.Status createdStatus,
      Map<String, String> createdAttributes,
      Counting counting) {
    this(createOnChange, matchAlso, createdStatus, createdAttributes, counting, List.of());
  }

  /** Without a second attribute, nothing that only a new account is given, and usual counting. */
  public PlanSettings(boolean createOnChange) {
    this(createOnChange, null, Account.Status.ENABLED, Map.of(), Counting.usual());
  }
}
