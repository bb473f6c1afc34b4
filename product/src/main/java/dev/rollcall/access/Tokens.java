package dev.rollcall.access;

import dev.rollcall.access.RefusedAccess.Kind;
import dev.rollcall.audit.Audit;
import dev.rollcall.db.Database;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/** What programs come in with. Only a hash of each is kept. */
public final class Tokens {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** By which a token is recognized where it should not be. */
  private static final String PREFIX = "rollcall_";

  private static final Duration USED_EVERY = Duration.ofMinutes(1);

  /** As written beside what was done with the token of the settings or the home. */
  private static final String OWN = "http.token";

  private static final String COLUMNS =
      "id, name, role, national_ids, created, created_by, expires, last_used, revoked";

  private final Database database;
  private final Clock clock;
  private final AccessAudit audit;
  private final byte[] own;

  /**
   * @param own the token of the settings or the home; it is admin, and sees no national ids
   * @throws IllegalArgumentException when that is blank
   */
  public Tokens(Database database, Clock clock, Audit audit, String own) {
    if (own.isBlank()) {
      throw new IllegalArgumentException("The token is blank: everybody would be let in");
    }
    this.database = database;
    this.clock = clock;
    this.audit = new AccessAudit(audit);
    this.own = RandomText.hash(own);
  }

  /**
   * A token, without what it is.
   *
   * @param expires null for never
   * @param lastUsed about when, null for never
   * @param revoked null while it is good
   */
  public record Token(
      long id,
      String name,
      Role role,
      boolean nationalIds,
      Instant created,
      String createdBy,
      @Nullable Instant expires,
      @Nullable Instant lastUsed,
      @Nullable Instant revoked) {

    private static Token read(ResultSet row, int number) throws SQLException {
      return new Token(
          row.getLong("id"),
          row.getString("name"),
          Role.ofCode(row.getString("role")),
          row.getBoolean("national_ids"),
          instant(row.getObject("created", OffsetDateTime.class)),
          row.getString("created_by"),
          instantOrNull(row.getObject("expires", OffsetDateTime.class)),
          instantOrNull(row.getObject("last_used", OffsetDateTime.class)),
          instantOrNull(row.getObject("revoked", OffsetDateTime.class)));
    }

    private static Instant instant(OffsetDateTime time) {
      return time.toInstant();
    }

    private static @Nullable Instant instantOrNull(@Nullable OffsetDateTime time) {
      return time == null ? null : time.toInstant();
    }
  }

  /**
   * A new token.
   *
   * @param secret the token itself; told once and kept nowhere
   */
  public record Created(Token token, String secret) {
    @Override
    public String toString() {
      return "Created[" + token.name() + "]";
    }
  }

  /** Whose a token is. */
  public sealed interface Answer {
    /** Come in. */
    record Welcome(SignedIn program) implements Answer {}

    /**
     * Not good.
     *
     * @param why in one sentence
     */
    record Refused(String why) implements Answer {}
  }

  /** All of them, also those that are good no more. */
  public List<Token> list() {
    return database
        .jdbc()
        .sql("select " + COLUMNS + " from api_token order by revoked is not null, name, id")
        .query(Token::read)
        .list();
  }

  /**
   * Makes one.
   *
   * @param expires null for never
   * @throws RefusedAccess when the name is taken or cannot be one, or it would be expired already
   */
  public Created create(
      String name, Role role, boolean nationalIds, @Nullable Instant expires, String by) {
    if (!NAME.matcher(name).matches()) {
      throw new RefusedAccess(
          Kind.UNFIT, "A token's name has up to 64 letters, digits, dots, underscores or hyphens");
    }
    Instant now = Instant.now(clock);
    if (expires != null && !expires.isAfter(now)) {
      throw new RefusedAccess(Kind.UNFIT, "The token would have expired already");
    }
    String secret = PREFIX + RandomText.secret();
    try {
      return database.inTransaction(() -> {
        Token token =
            database
                .jdbc()
                .sql(
                    """
                    insert into api_token
                      (name, secret_hash, role, national_ids, created, created_by, expires)
                    values (:name, :hash, :role, :nationalIds, :now, :by, :expires::timestamptz)
                    returning
                    """
                        + COLUMNS)
                .param("name", name)
                .param("hash", RandomText.hash(secret))
                .param("role", role.code())
                .param("nationalIds", nationalIds)
                .param("now", at(now))
                .param("by", by)
                .param("expires", expires == null ? null : expires.toString())
                .query(Token::read)
                .single();
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("did", "create token");
        what.put("token", name);
        what.put("role", role.code());
        what.put("nationalIds", nationalIds);
        what.put("expires", expires == null ? "never" : expires.toString());
        audit.changed(by, what);
        return new Created(token, secret);
      });
    } catch (DuplicateKeyException taken) {
      throw new RefusedAccess(Kind.CONFLICT, "There is a token " + name + " already; revoke it");
    }
  }

  /**
   * Lets nobody in with this token any more.
   *
   * @throws RefusedAccess when there is none of this name, or it was revoked before
   */
  public Token revoke(String name, String by) {
    return database.inTransaction(() -> {
      Token token =
          database
              .jdbc()
              .sql(
                  "update api_token set revoked = :now where name = :name and revoked is null"
                      + " returning "
                      + COLUMNS)
              .param("now", at(Instant.now(clock)))
              .param("name", name)
              .query(Token::read)
              .optional()
              .orElseThrow(() -> new RefusedAccess(Kind.UNKNOWN, "There is no token " + name));
      audit.changed(by, Map.of("did", "revoke token", "token", name));
      return token;
    });
  }

  /** Whether this token still lets somebody in. */
  public boolean isGood(Token token) {
    Instant expires = token.expires();
    return token.revoked() == null && (expires == null || expires.isAfter(Instant.now(clock)));
  }

  /** Whose token this is, and whether it is still good. */
  public Answer find(String secret) {
    byte[] hash = RandomText.hash(secret);
    if (MessageDigest.isEqual(own, hash)) {
      return new Answer.Welcome(SignedIn.program(OWN, Role.ADMIN, false));
    }
    Instant now = Instant.now(clock);
    Optional<Token> found =
        database
            .jdbc()
            .sql("select " + COLUMNS + " from api_token where secret_hash = :hash")
            .param("hash", hash)
            .query(Token::read)
            .optional();
    if (found.isEmpty()) {
      return new Answer.Refused("The token is not known here");
    }
    Token token = found.get();
    Instant expires = token.expires();
    if (token.revoked() != null) {
      return new Answer.Refused("The token " + token.name() + " was revoked");
    }
    if (expires != null && !expires.isAfter(now)) {
      return new Answer.Refused("The token " + token.name() + " expired at " + expires);
    }
    note(token, now);
    return new Answer.Welcome(SignedIn.program(token.name(), token.role(), token.nationalIds()));
  }

  private void note(Token token, Instant now) {
    Instant used = token.lastUsed();
    if (used == null || used.isBefore(now.minus(USED_EVERY))) {
      database
          .jdbc()
          .sql("update api_token set last_used = :now where id = :id")
          .param("now", at(now))
          .param("id", token.id())
          .update();
    }
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
