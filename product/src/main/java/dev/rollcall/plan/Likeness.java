package dev.rollcall.plan;

import dev.rollcall.model.Account;
import dev.rollcall.model.Candidate;
import dev.rollcall.model.Candidate.Agreement;
import dev.rollcall.model.Candidate.Conflict;
import dev.rollcall.model.Match;
import dev.rollcall.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of a person agrees with an account and what contradicts it, attribute by attribute, so that
 * a person can decide with it. What is known on one side only says nothing.
 */
public final class Likeness {

  private static final String HIDDEN = "***";

  private Likeness() {}

  /**
   * The same match, with everything that can be compared.
   *
   * @param accounts the candidates as read, by id; one that is missing stays as it was
   */
  public static Match.Ambiguous explained(
      Match.Ambiguous unclear, Wanted wanted, Map<String, Account> accounts) {
    return new Match.Ambiguous(
        unclear.candidates().stream()
            .map(candidate -> compared(candidate, wanted, accounts.get(candidate.id())))
            .toList(),
        unclear.reason());
  }

  private static Candidate compared(Candidate candidate, Wanted wanted, @Nullable Account account) {
    if (account == null) {
      return candidate;
    }
    List<Agreement> agree = new ArrayList<>(candidate.agree());
    List<Conflict> conflict = new ArrayList<>(candidate.conflict());
    Set<String> told = agree.stream().map(Agreement::attribute).collect(Collectors.toSet());
    wanted
        .attributes()
        .forEach((attribute, mapped) -> {
          String found = text(account.attributes().get(attribute));
          if (found != null && !told.contains(attribute)) {
            String sought = mapped.value().textOrNull();
            boolean hidden = mapped.origin().isNationalId();
            if (found.equals(sought)) {
              agree.add(new Agreement(attribute, hidden ? HIDDEN : found));
            } else {
              conflict.add(
                  new Conflict(
                      attribute,
                      sought == null || !hidden ? sought : HIDDEN,
                      hidden ? HIDDEN : found));
            }
          }
        });
    return new Candidate(candidate.id(), candidate.rule(), agree, conflict);
  }

  private static @Nullable String text(@Nullable Value value) {
    return value == null ? null : value.textOrNull();
  }
}
