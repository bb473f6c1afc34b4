package dev.rollcall.access;

import dev.rollcall.audit.Audit;
import dev.rollcall.db.Database;
import java.time.Clock;
import java.util.function.Consumer;

/** Everything of this room, put together. */
public record Access(Users users, PasswordDoor door, Sessions sessions, Tokens tokens) {

  /**
   * Puts it together.
   *
   * @param clock when sessions and tokens end; never a demo's, whose days pass at a command
   * @param ownToken the token of the settings or the home
   * @param passwordChanged told the user's name after a password was changed
   */
  public static Access assemble(
      Database database,
      Clock clock,
      Audit audit,
      AccessSettings settings,
      String ownToken,
      Consumer<String> passwordChanged) {
    Users users = new Users(database, clock, audit, passwordChanged);
    return new Access(
        users,
        new PasswordDoor(database, clock, audit, users, settings),
        new Sessions(database, clock, settings),
        new Tokens(database, clock, audit, ownToken));
  }
}
