package dev.rollcall.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An account on the other side, as it is wanted or as it was found.
 *
 * @param id the other side's own id; null for a wanted account that does not exist yet
 * @param status whether its owner may use it
 * @param attributes by the target's names; in a wanted account an absent one is left alone and a
 *     cleared one is emptied
 * @param groups what it is a member of, in order; in the repository its roles
 * @param affiliations its child rows; in a wanted account those not named are left alone
 */
public record Account(
    @Nullable String id,
    Status status,
    Map<String, Value> attributes,
    Set<String> groups,
    List<HeldAffiliation> affiliations) {

  /** Whether an account can be used; the words are those of the identity repository. */
  public enum Status {
    ENABLED("Enabled"),
    /** Ended; its owner may not use it any more. */
    DISABLED("Disabled"),
    /** Made, but never switched on. */
    STAGED("Staged"),
    /** Switched off for a while, as for a leave. */
    SUSPENDED("Suspended");

    private final String label;

    Status(String label) {
      this.label = label;
    }

    /** As shown and exported. */
    public String label() {
      return label;
    }
  }

  /**
   * An affiliation on an account, and whether it counts today.
   *
   * @param enabled active, and today lies within its dates
   */
  public record HeldAffiliation(Affiliation affiliation, boolean enabled) {}

  public Account {
    attributes = Map.copyOf(attributes);
    groups = Collections.unmodifiableSet(new TreeSet<>(groups));
    affiliations = List.copyOf(affiliations);
  }

  /** An account that is a member of nothing. */
  public Account(
      @Nullable String id,
      Status status,
      Map<String, Value> attributes,
      List<HeldAffiliation> affiliations) {
    this(id, status, attributes, Set.of(), affiliations);
  }
}
