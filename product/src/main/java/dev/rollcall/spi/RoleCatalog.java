package dev.rollcall.spi;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The roles that a target gives to the holders of an affiliation: one for each affiliation code. It
 * lives in Rollcall's own database; what it writes joins the caller's transaction.
 */
public interface RoleCatalog {

  /**
   * A role to be there.
   *
   * @param name the affiliation code
   * @param description as people know it, or null
   */
  record Role(String name, @Nullable String description) {}

  /** How many of the roles were made, and how many there were. */
  record Seeded(int created, int existing) {}

  /**
   * Makes the roles that do not exist yet, and gives to all the description that comes with them.
   * Until the transaction ends, nobody concludes that a role does not exist.
   *
   * @param roles each name once
   */
  Seeded seed(List<Role> roles);

  /**
   * The ids of the accounts that should have one of these roles, which exist, and do not: an
   * affiliation of that code counts, and the account is enabled.
   */
  List<String> waiting(Collection<String> roles);

  /**
   * A role there is.
   *
   * @param createdBy {@code seed} or {@code on the fly}
   * @param holders how many accounts have it
   */
  record Known(
      String role,
      @Nullable String description,
      String createdBy,
      Instant createdAt,
      long holders) {}

  /** All roles, in the order of their names. */
  List<Known> list();
}
