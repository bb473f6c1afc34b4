package dev.rollcall.survival;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * The sending side. A message that is not answered, or with a failure of the server, is sent again,
 * the same one, to whichever node answers, until one says 200; only then the person's next follows.
 * Safe for many threads.
 */
final class IntegrationBroker implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final Supplier<List<URI>> nodes;
  private final Semaphore pace;
  private final Set<String> acknowledged = new ConcurrentSkipListSet<>();
  private final Map<String, LongAdder> answers = new ConcurrentSkipListMap<>();
  private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
  private volatile boolean closing;

  /**
   * @param nodes that answer at the moment
   * @param pace one permit is taken for each attempt
   */
  IntegrationBroker(Supplier<List<URI>> nodes, Semaphore pace) {
    this.nodes = nodes;
    this.pace = pace;
  }

  /** One that only sends to the node it is told. */
  static IntegrationBroker direct() {
    return new IntegrationBroker(List::of, new Semaphore(0));
  }

  /** Sends a message to a node that must take it. */
  void tell(Node node, SyncMessage message) {
    try {
      int status = send(node.url(), message);
      if (status != 200) {
        throw new IllegalStateException(status + " for " + message.transactionId());
      }
      acknowledged.add(message.transactionId());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    }
  }

  /** Delivers a message, however often it takes. */
  void deliver(SyncMessage message) throws InterruptedException {
    while (!closing) {
      pace.acquire();
      List<URI> up = nodes.get();
      if (!up.isEmpty()
          && delivered(up.get(ThreadLocalRandom.current().nextInt(up.size())), message)) {
        acknowledged.add(message.transactionId());
        return;
      }
    }
  }

  private boolean delivered(URI node, SyncMessage message) throws InterruptedException {
    try {
      int status = send(node, message);
      count(Integer.toString(status));
      if (status != 200 && status != 503) {
        unexpected.add(status + " for " + message.transactionId());
      }
      return status == 200;
    } catch (IOException noAnswer) {
      count("no answer");
      return false;
    }
  }

  /** Sends a message once. */
  int send(URI node, SyncMessage message) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(node.resolve("/PeopleSoftOIMListener"))
            .timeout(PATIENCE)
            .header("Content-Type", "text/xml")
            .header("Location", SurvivalHome.IT_RESOURCE)
            .header("ExternalOperationName", "SCC_CONSTITUENT_SYNC.v1")
            .header("OrigTimeStamp", message.timestamp())
            .header("TransactionID", message.transactionId())
            .POST(HttpRequest.BodyPublishers.ofString(message.xml()))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private void count(String answer) {
    answers.computeIfAbsent(answer, _ -> new LongAdder()).increment();
  }

  /** The messages that a node took over the responsibility for. */
  Set<String> acknowledged() {
    return acknowledged;
  }

  /** How often each answer was given. */
  Map<String, LongAdder> answers() {
    return answers;
  }

  /** Answers that are neither success nor "not now": the sender would give up. */
  List<String> unexpected() {
    return List.copyOf(unexpected);
  }

  @Override
  public void close() {
    closing = true;
    client.shutdownNow();
  }
}
