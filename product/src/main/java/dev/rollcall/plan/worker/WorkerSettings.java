package dev.rollcall.plan.worker;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may be set about workers.
 *
 * @param createAheadDays so many days before their first day an account is made; null as soon as
 *     the source tells of them
 * @param withoutAccount the worker types that have no account of their own: P are pending workers,
 *     who are no users yet ({@code facts/oracle-hcm.md §9})
 * @param required the attributes without which no account is made, and which are never emptied
 */
public record WorkerSettings(
    @Nullable Integer createAheadDays, Set<String> withoutAccount, Set<String> required) {

  /** The attribute by which people sign in. */
  public static final String LOGIN = "userName";

  /** The attribute that is the login where the source has no other. */
  public static final String EMAIL = "email";

  public WorkerSettings {
    if (createAheadDays != null && createAheadDays < 0) {
      throw new IllegalArgumentException("createAheadDays is " + createAheadDays);
    }
    if (!required.contains(LOGIN)) {
      throw new IllegalArgumentException("there is no account without " + LOGIN);
    }
    withoutAccount = Set.copyOf(withoutAccount);
    required = Set.copyOf(required);
  }

  /** What is used where a site says nothing. */
  public static WorkerSettings defaults() {
    return new WorkerSettings(null, Set.of("P"), Set.of(LOGIN, EMAIL, "firstName", "lastName"));
  }
}
