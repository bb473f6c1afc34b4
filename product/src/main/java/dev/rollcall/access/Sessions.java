package dev.rollcall.access;

import dev.rollcall.db.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Who is signed in, on every process of one database. What somebody may do is looked up with each
 * request, so a change counts at once. Only a hash of what the browser holds is kept.
 */
public final class Sessions {

  /** Being seen is written down no more often: most requests then only read. */
  private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

  private final Database database;
  private final Clock clock;
  private final AccessSettings settings;

  public Sessions(Database database, Clock clock, AccessSettings settings) {
    this.database = database;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Begins a session for somebody who was let in.
   *
   * @return the secret the browser keeps
   */
  public String begin(User user) {
    forgetEnded();
    String secret = RandomText.secret();
    database
        .jdbc()
        .sql(
            """
            insert into user_session (secret_hash, user_name, epoch, began, last_seen)
            values (:hash, :user, :epoch, :now, :now)
            """)
        .param("hash", RandomText.hash(secret))
        .param("user", user.name())
        .param("epoch", user.epoch())
        .param("now", at(Instant.now(clock)))
        .update();
    return secret;
  }

  private record Found(User user, Instant seen) {}

  /**
   * Who holds this secret, with what is allowed to them now; empty when nobody does any more.
   *
   * @param active whether the person did something; a page that renews itself does not count
   */
  public Optional<SignedIn> find(String secret, boolean active) {
    Instant now = Instant.now(clock);
    byte[] hash = RandomText.hash(secret);
    Optional<Found> found =
        database
            .jdbc()
            .sql(
                "select s.last_seen as seen, "
                    + User.COLUMNS
                    + " from user_session s join rollcall_user u on u.name = s.user_name"
                    + " where s.secret_hash = :hash and s.epoch = u.epoch and not u.disabled"
                    + " and s.began > :oldest and s.last_seen > :idle")
            .param("hash", hash)
            .param("oldest", at(now.minus(settings.longest())))
            .param("idle", at(now.minus(settings.idle())))
            .query(Sessions::read)
            .optional();
    if (active && found.isPresent() && found.get().seen().isBefore(now.minus(SEEN_EVERY))) {
      database
          .jdbc()
          .sql("update user_session set last_seen = :now where secret_hash = :hash")
          .param("now", at(now))
          .param("hash", hash)
          .update();
    }
    return found.map(one -> SignedIn.of(one.user()));
  }

  private static Found read(ResultSet row, int number) throws SQLException {
    return new Found(
        User.read(row, number), row.getObject("seen", OffsetDateTime.class).toInstant());
  }

  /** Ends the session of this secret. */
  public void end(String secret) {
    database
        .jdbc()
        .sql("delete from user_session where secret_hash = :hash")
        .param("hash", RandomText.hash(secret))
        .update();
  }

  /** Those that time or a change ended. */
  private void forgetEnded() {
    Instant now = Instant.now(clock);
    database
        .jdbc()
        .sql(
            """
            delete from user_session s using rollcall_user u
            where u.name = s.user_name
              and (s.epoch <> u.epoch or s.last_seen <= :idle or s.began <= :oldest)
            """)
        .param("idle", at(now.minus(settings.idle())))
        .param("oldest", at(now.minus(settings.longest())))
        .update();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
