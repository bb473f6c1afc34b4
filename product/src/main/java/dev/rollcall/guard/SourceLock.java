package dev.rollcall.guard;

import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.Source;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps the copy of a source from being taken for the source. A source that is asked says its own
 * name, which has to be in the settings. One that sends messages names its node; where the settings
 * name none, the first that sends is remembered, and another one is refused.
 */
public final class SourceLock {

  private static final int LONGEST_NAME = 100;

  private final EnvironmentTable table;
  private final Map<String, String> remembered = new ConcurrentHashMap<>();
  private volatile Map<String, List<String>> named;

  /**
   * @param named what each instance's source may call itself, as the settings say; nothing for an
   *     instance of which they say nothing
   */
  public SourceLock(JdbcClient jdbc, Clock clock, Map<String, List<String>> named) {
    this.table = new EnvironmentTable(jdbc, clock);
    this.named = Map.copyOf(named);
  }

  /** From now on these are the names. */
  public void replaceNames(Map<String, List<String>> others) {
    named = Map.copyOf(others);
  }

  /** Two processes were sent the first message by two nodes at once, and the other was quicker. */
  public static final class OtherSender extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OtherSender(String message) {
      super(message);
    }
  }

  /**
   * Why a message is refused; empty when it is not.
   *
   * @param sender what it calls the node it is from; empty when it names none
   */
  public Optional<String> objectionTo(String instance, Optional<String> sender) {
    List<String> allowed = allowed(instance);
    if (!allowed.isEmpty()) {
      return sender.isEmpty()
          ? Optional.of(
              "The message does not say which node it is from, and %s takes those of %s only"
                  .formatted(instance, String.join(", ", allowed)))
          : sender.filter(name -> !isOneOf(name, allowed)).map(name -> refusal(instance, name));
    }
    return sender
        .filter(name -> first(instance).filter(first -> !first.equalsIgnoreCase(name)).isPresent())
        .map(name -> refusal(instance, name));
  }

  /**
   * Remembers the first sender of an instance for which the settings name none; joins the
   * transaction in which its message is stored.
   *
   * @throws OtherSender when another was quicker
   */
  public void remember(String instance, String sender) {
    if (!allowed(instance).isEmpty() || remembered.containsKey(instance)) {
      return;
    }
    if (!table.rememberSender(instance, shortened(sender)).equalsIgnoreCase(shortened(sender))) {
      throw new OtherSender(refusal(instance, sender));
    }
  }

  /**
   * Why an instance must not be worked: what its source calls itself is not in the settings. Empty
   * when it is, and for a source that has no name of its own.
   */
  public Optional<String> objectionTo(String instance, Source source) {
    try {
      Optional<String> name = source.environment();
      List<String> allowed = allowed(instance);
      return name.filter(one -> !isOneOf(one, allowed))
          .map(one ->
              allowed.isEmpty()
                  ? "The source of %s calls itself %s; if that is right, set instances.%s.environment"
                      .formatted(instance, shortened(one), instance)
                  : "The source of %s calls itself %s, and instances.%s.environment allows %s only"
                      .formatted(instance, shortened(one), instance, String.join(", ", allowed)));
    } catch (ConnectorException failure) {
      return Optional.of(
          "The source of %s could not be asked for its name: %s"
              .formatted(instance, failure.getMessage()));
    }
  }

  /** How it stands with the senders of an instance, in one sentence. */
  public String standing(String instance) {
    List<String> allowed = allowed(instance);
    if (!allowed.isEmpty()) {
      return "messages of node %s only".formatted(String.join(", ", allowed));
    }
    Optional<String> first = table.isThere() ? first(instance) : Optional.empty();
    return first
        .map(node ->
            "messages of node %s only, the first that sent one; instances.%s.environment is not set"
                .formatted(node, instance))
        .orElse(
            "no node has sent yet, and the first is remembered; instances.%s.environment names it"
                .formatted(instance));
  }

  private String refusal(String instance, String sender) {
    List<String> allowed = allowed(instance);
    String taken =
        allowed.isEmpty()
            ? first(instance).orElse("another") + " alone, which was the first to send"
            : String.join(", ", allowed) + " only";
    return "The message is from node %s, and %s takes those of %s; see instances.%s.environment"
        .formatted(shortened(sender), instance, taken, instance);
  }

  private List<String> allowed(String instance) {
    return named.getOrDefault(instance, List.of());
  }

  /** Once one is remembered it stays: nobody has to be asked again. */
  private Optional<String> first(String instance) {
    String known = remembered.get(instance);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<String> stored = table.sender(instance);
    stored.ifPresent(sender -> remembered.put(instance, sender));
    return stored;
  }

  private static boolean isOneOf(String name, List<String> allowed) {
    return allowed.stream().anyMatch(name::equalsIgnoreCase);
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "...";
  }
}
