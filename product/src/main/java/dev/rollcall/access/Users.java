package dev.rollcall.access;

import dev.rollcall.access.RefusedAccess.Kind;
import dev.rollcall.audit.Audit;
import dev.rollcall.db.Database;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * People who may sign in. Whatever ends what somebody was allowed ends their sessions in the same
 * transaction. Every change is audited. Safe for use by many threads and processes.
 */
public final class Users {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");
  private static final String FIRST = "admin";

  private final Database database;
  private final Clock clock;
  private final AccessAudit audit;
  private final Passwords passwords;
  private final Consumer<String> passwordChanged;

  /**
   * @param clock decides when something was; never a demo's, which would end sessions by going on
   * @param passwordChanged told the user's name after a password was changed
   */
  public Users(Database database, Clock clock, Audit audit, Consumer<String> passwordChanged) {
    this(database, clock, audit, passwordChanged, new Passwords());
  }

  Users(
      Database database,
      Clock clock,
      Audit audit,
      Consumer<String> passwordChanged,
      Passwords passwords) {
    this.database = database;
    this.clock = clock;
    this.audit = new AccessAudit(audit);
    this.passwords = passwords;
    this.passwordChanged = passwordChanged;
  }

  Passwords passwords() {
    return passwords;
  }

  /**
   * A password that was made for somebody; it is told once and kept nowhere.
   *
   * @param user whose it is
   */
  public record Fresh(String user, String password) {
    @Override
    public String toString() {
      return "Fresh[" + user + "]";
    }
  }

  /** Everybody, by name. */
  public List<User> list() {
    return database
        .jdbc()
        .sql("select " + User.COLUMNS + " from rollcall_user u order by name")
        .query(User::read)
        .list();
  }

  /** The user of this name, in any case. */
  public Optional<User> find(String name) {
    if (!NAME.matcher(plain(name)).matches()) {
      return Optional.empty(); // whatever was typed, it need not go to the database
    }
    return database
        .jdbc()
        .sql("select " + User.COLUMNS + " from rollcall_user u where name = :name")
        .param("name", plain(name))
        .query(User::read)
        .optional();
  }

  /**
   * Makes the first user where there is none yet: {@code admin}, with a random password. Of several
   * processes that start at once one makes it.
   *
   * @param mustChange whether the password has to be changed at the first sign-in
   */
  public Optional<Fresh> first(boolean mustChange) {
    String password = RandomText.password();
    return database.inTransaction(() -> {
      lock();
      if (!list().isEmpty()) {
        return Optional.empty();
      }
      insert(FIRST, password, Role.ADMIN, false, mustChange);
      audit.changed(
          "first start", Map.of("did", "add user", "user", FIRST, "role", Role.ADMIN.code()));
      return Optional.of(new Fresh(FIRST, password));
    });
  }

  /**
   * Adds somebody, with a password they have to change at once.
   *
   * @throws RefusedAccess when the name is taken or cannot be one
   */
  public Fresh add(String name, Role role, boolean nationalIds, String by) {
    String user = plain(name);
    if (!NAME.matcher(user).matches()) {
      throw new RefusedAccess(
          Kind.UNFIT,
          "A user's name has up to 64 letters, digits, dots, underscores, @ or hyphens");
    }
    String password = RandomText.password();
    return database.inTransaction(() -> {
      lock();
      if (find(user).isPresent()) {
        throw new RefusedAccess(Kind.CONFLICT, "There is a user " + user + " already");
      }
      insert(user, password, role, nationalIds, true);
      audit.changed(
          by,
          Map.of("did", "add user", "user", user, "role", role.code(), "nationalIds", nationalIds));
      return new Fresh(user, password);
    });
  }

  /**
   * Gives somebody another role, or the right to see national ids, and ends their sessions.
   *
   * @param role null to leave it
   * @param nationalIds null to leave it
   * @throws RefusedAccess when there is no such user, or nobody would be admin any more
   */
  public User allow(String name, @Nullable Role role, @Nullable Boolean nationalIds, String by) {
    return database.inTransaction(() -> {
      lock();
      User user = known(name);
      Role newRole = role == null ? user.role() : role;
      boolean newRight = nationalIds == null ? user.nationalIds() : nationalIds;
      if (newRole != Role.ADMIN) {
        keepAnAdmin(user);
      }
      database
          .jdbc()
          .sql(
              "update rollcall_user set role = :role, national_ids = :right, epoch = epoch + 1"
                  + " where name = :name")
          .param("role", newRole.code())
          .param("right", newRight)
          .param("name", user.name())
          .update();
      audit.changed(
          by,
          Map.of(
              "did",
              "change role",
              "user",
              user.name(),
              "role",
              newRole.code(),
              "roleBefore",
              user.role().code(),
              "nationalIds",
              newRight,
              "nationalIdsBefore",
              user.nationalIds()));
      return known(name);
    });
  }

  /**
   * Lets somebody sign in no more, or again; ends their sessions.
   *
   * @throws RefusedAccess when there is no such user, or nobody would be admin any more
   */
  public User disable(String name, boolean disabled, String by) {
    return database.inTransaction(() -> {
      lock();
      User user = known(name);
      if (disabled) {
        keepAnAdmin(user);
      }
      database
          .jdbc()
          .sql(
              "update rollcall_user set disabled = :disabled, epoch = epoch + 1 where name = :name")
          .param("disabled", disabled)
          .param("name", user.name())
          .update();
      audit.changed(
          by, Map.of("did", disabled ? "disable user" : "enable user", "user", user.name()));
      return known(name);
    });
  }

  /**
   * Gives somebody a random password, to be changed at the next sign-in; ends their sessions and
   * forgets failed attempts.
   *
   * @throws RefusedAccess when there is no such user
   */
  public Fresh resetPassword(String name, String by) {
    Fresh fresh = new Fresh(plain(name), RandomText.password());
    database.inTransaction(() -> {
      User user = known(name);
      store(user.name(), fresh.password(), true);
      Attempts.forget(database, user.name());
      audit.changed(by, Map.of("did", "reset password", "user", user.name()));
    });
    passwordChanged.accept(fresh.user());
    return fresh;
  }

  /**
   * Changes somebody's own password and ends their sessions.
   *
   * @param old what it is now
   * @throws RefusedAccess when that is wrong, or the new one cannot be taken
   */
  public User changePassword(String name, String old, String password) {
    User user = known(name);
    if (!passwords.matches(old, hashOf(user))) {
      throw new RefusedAccess(Kind.UNFIT, "The present password is not right");
    }
    if (old.equals(password)) {
      throw new RefusedAccess(Kind.UNFIT, "The new password must be another one");
    }
    Passwords.check(user.name(), password);
    database.inTransaction(() -> {
      store(user.name(), password, false);
      audit.changed(user.name(), Map.of("did", "change password", "user", user.name()));
    });
    passwordChanged.accept(user.name());
    return known(name);
  }

  /** The name as it is kept. */
  static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /** What is kept of the password; null for somebody who comes in by another door. */
  @Nullable String hashOf(User user) {
    return database
        .jdbc()
        .sql("select password from rollcall_user where name = :name and password is not null")
        .param("name", user.name())
        .query(String.class)
        .optional()
        .orElse(null);
  }

  /** Notes that somebody came in; keeps the password in today's way where it was in an older. */
  void cameIn(User user, String password, String hash) {
    database
        .jdbc()
        .sql(
            "update rollcall_user set last_sign_in = :now, password = case when password = :old"
                + " then :hash else password end where name = :name")
        .param("now", now())
        .param("old", hash)
        .param("hash", passwords.isOld(hash) ? passwords.hash(password) : hash)
        .param("name", user.name())
        .update();
  }

  private void insert(
      String name, String password, Role role, boolean nationalIds, boolean mustChange) {
    database
        .jdbc()
        .sql(
            """
            insert into rollcall_user (name, password, role, national_ids, must_change, created)
            values (:name, :password, :role, :nationalIds, :mustChange, :now)
            """)
        .param("name", name)
        .param("password", passwords.hash(password))
        .param("role", role.code())
        .param("nationalIds", nationalIds)
        .param("mustChange", mustChange)
        .param("now", now())
        .update();
  }

  private void store(String name, String password, boolean mustChange) {
    database
        .jdbc()
        .sql(
            "update rollcall_user set password = :password, must_change = :mustChange,"
                + " epoch = epoch + 1 where name = :name")
        .param("password", passwords.hash(password))
        .param("mustChange", mustChange)
        .param("name", name)
        .update();
  }

  private User known(String name) {
    return find(name)
        .orElseThrow(() ->
            new RefusedAccess(
                Kind.UNKNOWN, "There is no user " + name + "; 'rollcall users' lists them"));
  }

  /** Without an admin nobody could make one. */
  private void keepAnAdmin(User leaving) {
    boolean another =
        list().stream()
            .anyMatch(user ->
                user.role() == Role.ADMIN
                    && !user.disabled()
                    && !user.name().equals(leaving.name()));
    if (leaving.role() == Role.ADMIN && !leaving.disabled() && !another) {
      throw new RefusedAccess(
          Kind.CONFLICT,
          leaving.name() + " is the only admin left; make somebody else admin first");
    }
  }

  /** One change of users at a time: the last two admins must not leave together. */
  private void lock() {
    database.jdbc().sql("lock table rollcall_user in share row exclusive mode").update();
  }

  private OffsetDateTime now() {
    return Instant.now(clock).atOffset(ZoneOffset.UTC);
  }
}
