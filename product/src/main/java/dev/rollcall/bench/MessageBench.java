package dev.rollcall.bench;

import dev.rollcall.app.Home;
import dev.rollcall.app.Service;
import dev.rollcall.config.Settings;
import dev.rollcall.config.SettingsFile;
import dev.rollcall.db.Database;
import dev.rollcall.http.Exchange;
import dev.rollcall.http.HttpSender;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How long a sender waits for its answer on an idle machine, one message after the other through
 * the real listener; compared with a bare commit of the same bytes.
 */
public final class MessageBench {

  private static final int WARM_UP = 500;

  private final Home home;
  private final ScratchDatabase scratch;

  public MessageBench(Home home, ScratchDatabase scratch) {
    this.home = home;
    this.scratch = scratch;
  }

  /** Measures with this many messages, each about another person. */
  public Map<String, Object> run(int count) throws IOException {
    try (Service service = Service.start(settings(), home, 0, Duration.ZERO);
        HttpSender sender = new HttpSender(Duration.ofSeconds(30))) {
      URI listener = URI.create("http://127.0.0.1:" + service.port() + "/PeopleSoftOIMListener");
      for (int i = 0; i < WARM_UP; i++) {
        send(sender, listener, "W" + i);
      }
      double[] answered = new double[count];
      double[] there = new double[count];
      for (int i = 0; i < count; i++) {
        long start = System.nanoTime();
        send(sender, listener, "M" + i);
        answered[i] = millisSince(start);
        awaitIdentity("M" + i);
        there[i] = millisSince(start);
      }
      return result(count, answered, there, bareCommits(count));
    }
  }

  private Settings settings() throws IOException {
    Path file = Files.createTempFile("bench", ".yaml");
    try {
      Files.writeString(
          file,
          "database: {url: local, name: %s}\ninstances: {campus: {itResource: PSFT Campus}}\n"
              .formatted(scratch.name()));
      return new SettingsFile(Map.of()).read(file);
    } finally {
      Files.delete(file);
    }
  }

  /** Sends a message about this person and expects that it is taken. */
  static void send(HttpSender sender, URI listener, String emplid) throws IOException {
    Map<String, String> headers =
        Map.of(
            "Location", "PSFT Campus",
            "ExternalOperationName", "SCC_CONSTITUENT_SYNC.v1",
            "TransactionID", "BENCH." + emplid);
    Exchange exchange = sender.send("POST", listener, headers, BenchMessage.xml(emplid));
    if (!exchange.success()) {
      throw new IOException("The listener answered " + exchange.status() + exchange.body());
    }
  }

  private void awaitIdentity(String emplid) {
    boolean there = false;
    while (!there) {
      there =
          scratch
              .database()
              .jdbc()
              .sql("select exists (select 1 from identity where login = :login)")
              .param("login", emplid)
              .query(Boolean.class)
              .single();
    }
  }

  private double[] bareCommits(int count) {
    Database database = scratch.database();
    database.jdbc().sql("create table bench_commit (raw text not null)").update();
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      database
          .jdbc()
          .sql("insert into bench_commit values (:raw)")
          .param("raw", BenchMessage.xml("C" + i))
          .update();
      millis[i] = millisSince(start);
    }
    return millis;
  }

  private static Map<String, Object> result(
      int count, double[] answered, double[] there, double[] commits) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("messages", count);
    result.put("p50Ms", percentile(answered, 50));
    result.put("p99Ms", percentile(answered, 99));
    result.put("identityP50Ms", percentile(there, 50));
    result.put("identityP99Ms", percentile(there, 99));
    result.put("commitP50Ms", percentile(commits, 50));
    result.put("commitP99Ms", percentile(commits, 99));
    result.put("ratio", rounded(percentile(answered, 50) / percentile(commits, 50)));
    return result;
  }

  private static double percentile(double[] values, int percent) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int place = (int) Math.ceil(percent / 100.0 * sorted.length) - 1;
    return rounded(sorted[Math.max(place, 0)]);
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.2f", value));
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }
}
