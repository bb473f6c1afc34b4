package dev.rollcall.connector.peoplesoftqueue;

import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.ConnectorException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far the changes were read. A round reads, a page at a time, whatever has a stamp since the
 * round before, and once more what the overlap covers; of that, only what was not told before is
 * told. Stamps are on the clock of PeopleSoft's database.
 *
 * @param high up to where the last round read; null before the first
 * @param began when this round began; null between rounds
 * @param place behind which row this round goes on; null between rounds
 * @param told what the last round told that this round may meet again: a digest of OPRID and stamp,
 *     with the stamp
 * @param telling the same of this round, for the next one
 * @param looked when was looked last who vanished, on Rollcall's clock; null when never
 */
record ViewCheckpoint(
    @Nullable LocalDateTime high,
    @Nullable LocalDateTime began,
    @Nullable Place place,
    Map<String, LocalDateTime> told,
    Map<String, LocalDateTime> telling,
    @Nullable Instant looked) {

  /** A row. */
  record Place(LocalDateTime stamp, String oprid) {
    /** So few characters that a checkpoint stays small, so many that no two are ever the same. */
    String digest() {
      try {
        byte[] hash =
            MessageDigest.getInstance("SHA-256")
                .digest((stamp + "|" + oprid).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, 12));
      } catch (NoSuchAlgorithmException missing) {
        throw new IllegalStateException("every Java has SHA-256", missing);
      }
    }
  }

  /** Whoever is beyond that is told again, which costs a look and harms nobody. */
  private static final int REMEMBERED = 20_000;

  private static final LocalDateTime BEGINNING = LocalDateTime.of(1900, 1, 1, 0, 0);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  ViewCheckpoint {
    told = told == null ? Map.of() : Map.copyOf(told);
    telling = telling == null ? Map.of() : Map.copyOf(telling);
  }

  static ViewCheckpoint read(@Nullable String text) {
    if (text == null) {
      return new ViewCheckpoint(null, null, null, Map.of(), Map.of(), null);
    }
    try {
      return JSON.readValue(text, ViewCheckpoint.class);
    } catch (JacksonException unreadable) {
      throw new ConnectorException(
          ErrorKind.UNREADABLE,
          "the checkpoint of the query 'changes' is not one that this connector wrote",
          null);
    }
  }

  String write() {
    return JSON.writeValueAsString(this);
  }

  /** From which stamp on a round reads. */
  LocalDateTime since(Duration overlap) {
    return high == null ? BEGINNING : high.minus(overlap);
  }

  boolean wasTold(Place row) {
    return told.containsKey(row.digest());
  }

  /**
   * Goes on behind these rows of a page.
   *
   * @param start when the round began
   */
  ViewCheckpoint after(Iterable<Place> rows, LocalDateTime start, Duration overlap) {
    Map<String, LocalDateTime> more = new LinkedHashMap<>(telling);
    @Nullable Place last = place;
    for (Place row : rows) {
      more.put(row.digest(), row.stamp());
      last = row;
    }
    LocalDateTime reached = last == null ? start : earlier(last.stamp(), start);
    return new ViewCheckpoint(high, start, last, told, since(more, reached.minus(overlap)), looked);
  }

  /** Ends a round: nothing more has a stamp behind its place. */
  ViewCheckpoint ended(Duration overlap) {
    if (place == null || began == null) {
      return new ViewCheckpoint(high, null, null, told, Map.of(), looked);
    }
    // What was not visible when the round began may have been passed by.
    LocalDateTime reached = earlier(place.stamp(), began);
    LocalDateTime now = high != null && high.isAfter(reached) ? high : reached;
    return new ViewCheckpoint(
        now, null, null, since(telling, now.minus(overlap)), Map.of(), looked);
  }

  ViewCheckpoint lookedAt(Instant moment) {
    return new ViewCheckpoint(high, began, place, told, telling, moment);
  }

  private static LocalDateTime earlier(LocalDateTime one, LocalDateTime other) {
    return one.isBefore(other) ? one : other;
  }

  private static Map<String, LocalDateTime> since(
      Map<String, LocalDateTime> rows, LocalDateTime stamp) {
    Map<String, LocalDateTime> kept = new LinkedHashMap<>();
    rows.entrySet().stream()
        .filter(row -> !row.getValue().isBefore(stamp))
        .sorted(Map.Entry.<String, LocalDateTime>comparingByValue(Comparator.reverseOrder()))
        .limit(REMEMBERED)
        .forEach(row -> kept.put(row.getKey(), row.getValue()));
    return kept;
  }
}
