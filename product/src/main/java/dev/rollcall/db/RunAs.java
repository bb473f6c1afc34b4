package dev.rollcall.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** As whom PostgreSQL's programs run: they refuse to run as root. */
sealed interface RunAs {
  /** What to put in front of a command. */
  List<String> prefix();

  /** Gives a file or directory to the one who runs. */
  void own(Path path) throws IOException;

  default List<String> command(List<String> command) {
    List<String> whole = new ArrayList<>(prefix());
    whole.addAll(command);
    return whole;
  }

  /** An ordinary user runs them directly. */
  record Directly() implements RunAs {
    @Override
    public List<String> prefix() {
      return List.of();
    }

    @Override
    public void own(Path path) {
      // Who made it owns it.
    }
  }

  /**
   * Root in a user namespace of its own: there PostgreSQL sees an ordinary user, while outside its
   * files stay root's, so that a home below {@code /root} works too.
   */
  record InUserNamespace() implements RunAs {
    @Override
    public List<String> prefix() {
      return List.of("unshare", "-U", "--");
    }

    @Override
    public void own(Path path) {
      // Outside of the namespace it is still root.
    }
  }

  /** Root steps down to another user, where a container forbids user namespaces. */
  record OtherUser(int user, int group) implements RunAs {
    @Override
    public List<String> prefix() {
      return List.of(
          "setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups", "--inh-caps=-all");
    }

    @Override
    public void own(Path path) throws IOException {
      Files.setAttribute(path, "unix:gid", group);
      Files.setAttribute(path, "unix:uid", user);
    }
  }

  /** The user {@code nobody} and its group, by number: names differ between distributions. */
  int NOBODY = 65534;

  /**
   * Decides for a data directory that is there: its owner goes on owning it.
   *
   * @throws LocalPostgresException when it belongs to somebody this process can not become
   */
  static RunAs ownerOf(Path dataDirectory) throws IOException {
    int owner = (int) Files.getAttribute(dataDirectory, "unix:uid");
    int me = me();
    if (me != 0) {
      if (owner != me) {
        throw new LocalPostgresException(
            dataDirectory
                + " belongs to the user with the number "
                + owner
                + ", and Rollcall runs as "
                + me
                + ". Run Rollcall as its owner, or use another home.");
      }
      return new Directly();
    }
    return owner == 0
        ? new InUserNamespace()
        : new OtherUser(owner, (int) Files.getAttribute(dataDirectory, "unix:gid"));
  }

  /**
   * Decides for a data directory that is to be made below a home.
   *
   * @throws LocalPostgresException when root can neither use a namespace nor become nobody
   */
  static RunAs forNew(Path home) throws IOException, InterruptedException {
    if (me() != 0) {
      return new Directly();
    }
    RunAs namespace = new InUserNamespace();
    Command.Result unshare = attempt(namespace, List.of("true"));
    if (unshare.ok()) {
      return namespace;
    }
    RunAs nobody = new OtherUser(NOBODY, NOBODY);
    Command.Result setpriv = attempt(nobody, List.of("true"));
    if (!setpriv.ok()) {
      throw new LocalPostgresException(
          "PostgreSQL does not run as root, and this container forbids both ways around it: a user"
              + " namespace ("
              + unshare.output()
              + ") and becoming another user ("
              + setpriv.output()
              + "). Run Rollcall as an ordinary user.");
    }
    if (!attempt(nobody, List.of("test", "-x", home.toString())).ok()) {
      throw new LocalPostgresException(
          "PostgreSQL does not run as root, this container forbids user namespaces ("
              + unshare.output()
              + "), and the user nobody can not enter "
              + home
              + ". Use a home that others may enter, or run Rollcall as an ordinary user.");
    }
    return nobody;
  }

  private static Command.Result attempt(RunAs as, List<String> command)
      throws InterruptedException {
    try {
      return Command.run(as.command(command), Duration.ofSeconds(10));
    } catch (IOException noSuchProgram) {
      return new Command.Result(-1, String.valueOf(noSuchProgram.getMessage()));
    }
  }

  private static int me() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }
}
