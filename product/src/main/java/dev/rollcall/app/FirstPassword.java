package dev.rollcall.app;

import dev.rollcall.access.Users;
import dev.rollcall.db.Database;
import dev.rollcall.db.FaultText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The password that was made for the first user of a database, kept in a file of the home that only
 * its owner can read until the password is changed.
 *
 * @param file need not be there
 */
public record FirstPassword(Path file) {

  private static final Logger log = LoggerFactory.getLogger(FirstPassword.class);
  private static final JsonMapper JSON = new JsonMapper();

  /** That of the database that is open. */
  static FirstPassword of(Home home, Database database) {
    return of(home, database.jdbc().sql("select current_database()").query(String.class).single());
  }

  /** That of the database of this name. */
  public static FirstPassword of(Home home, String database) {
    String plain = database.replaceAll("[^A-Za-z0-9_.-]", "_");
    return new FirstPassword(home.directory().resolve("first-password-" + plain + ".json"));
  }

  private record Kept(String user, String password) {}

  /** Keeps it; where that fails, the log says how to get another. */
  void keep(Users.Fresh fresh) {
    try {
      Home.writePrivately(file, JSON.writeValueAsString(new Kept(fresh.user(), fresh.password())));
    } catch (IOException failure) {
      log.error(
          "The first password cannot be kept in {} ({}); 'rollcall password reset {}' makes another",
          file,
          failure.getMessage(),
          fresh.user());
    }
  }

  /** Forgets it once it is this user's no more. */
  void forget(String user) {
    if (read().filter(kept -> kept.user().equals(user)).isPresent()) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException failure) {
        log.warn("{} holds a password that is good no more: {}", file, failure.getMessage());
      }
    }
  }

  /** What is kept; empty when the password was changed, or was made for another home. */
  public Optional<Users.Fresh> read() {
    try {
      Kept kept = JSON.readValue(Files.readString(file), Kept.class);
      return Optional.of(new Users.Fresh(kept.user(), kept.password()));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException | JacksonException unreadable) {
      log.warn("{} cannot be read: {}", file, FaultText.of(unreadable));
      return Optional.empty();
    }
  }
}
