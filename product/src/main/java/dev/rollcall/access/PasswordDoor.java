package dev.rollcall.access;

import dev.rollcall.audit.Audit;
import dev.rollcall.db.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in whoever knows a user's password. Another door (single sign-on) ends the same way: with a
 * {@link User}, for whom {@link Sessions} begins a session.
 */
public final class PasswordDoor {

  private static final Logger log = LoggerFactory.getLogger(PasswordDoor.class);

  private final Database database;
  private final Users users;
  private final Attempts attempts;
  private final AccessAudit audit;

  public PasswordDoor(
      Database database, Clock clock, Audit audit, Users users, AccessSettings settings) {
    this.database = database;
    this.users = users;
    this.attempts = new Attempts(database, clock, settings);
    this.audit = new AccessAudit(audit);
  }

  /** What came of an attempt. */
  public sealed interface Attempt {
    /** Come in. */
    record Welcome(User user) implements Attempt {}

    /** Wrong name, wrong password or disabled; which of them is not told. */
    record Wrong() implements Attempt {}

    /** Tried too often; nothing was looked at. What is left to wait is told. */
    record TooOften(Duration left) implements Attempt {}
  }

  /**
   * Tries a name and a password. The answer and the time it takes are the same for a name that does
   * not exist.
   *
   * @param address where the attempt comes from
   */
  public Attempt enter(String name, String password, String address) {
    Optional<Duration> wait = attempts.begin(name, address);
    if (wait.isPresent()) {
      log.warn("Too many failed attempts to sign in; the last came from {}", address);
      return new Attempt.TooOften(wait.get());
    }
    User user = users.find(name).orElse(null);
    String hash = user == null ? null : users.hashOf(user);
    boolean right = users.passwords().matches(password, hash);
    if (user == null || hash == null || !right || user.disabled()) {
      audit.refused(user == null ? "unknown" : user.name(), address, why(user, right));
      return new Attempt.Wrong();
    }
    Attempts.forget(database, name);
    users.cameIn(user, password, hash);
    audit.signedIn(user.name(), address);
    return new Attempt.Welcome(user);
  }

  /**
   * Changes somebody's own password and ends their sessions. Trying the present one counts as
   * trying to come in does: a browser that was left open must not be a way to find it out.
   *
   * @param old what it is now
   * @param address where the attempt comes from
   * @throws RefusedAccess when that is wrong or was tried too often, or the new one cannot be taken
   */
  public User change(String name, String old, String password, String address) {
    Optional<Duration> wait = attempts.begin(name, address);
    if (wait.isPresent()) {
      throw new RefusedAccess(
          RefusedAccess.Kind.UNFIT,
          "Too many attempts have failed; try again in %d minutes"
              .formatted(wait.get().toMinutes() + 1));
    }
    String hash = users.find(name).map(users::hashOf).orElse(null);
    if (!users.passwords().matches(old, hash)) {
      audit.refused(name, address, "wrong password");
    } else {
      Attempts.forget(database, name);
    }
    return users.changePassword(name, old, password);
  }

  private static String why(@Nullable User user, boolean right) {
    if (user == null) {
      return "there is no such user";
    }
    return right ? "the user is disabled" : "wrong password";
  }
}
