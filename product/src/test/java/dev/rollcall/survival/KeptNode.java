package dev.rollcall.survival;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A node that is started again whenever it ends, as a service manager would. */
final class KeptNode implements AutoCloseable {

  private final SurvivalHome home;
  private final String name;
  private final List<String> arguments;
  private volatile Node current;
  private volatile boolean closing;
  private int starts;

  KeptNode(SurvivalHome home, String name, String... arguments) {
    this.home = home;
    this.name = name;
    this.arguments = List.of(arguments);
    this.current = start();
  }

  private synchronized Node start() {
    Node node = home.node(name, arguments.toArray(String[]::new));
    current = node;
    starts++;
    var _ = node.onExit().thenRun(this::startAgain);
    return node;
  }

  private synchronized void startAgain() {
    if (!closing) {
      start();
    }
  }

  Node current() {
    return current;
  }

  Optional<URI> url() {
    return current.urlNow();
  }

  synchronized int starts() {
    return starts;
  }

  @Override
  public synchronized void close() {
    closing = true;
    current.kill();
  }
}
