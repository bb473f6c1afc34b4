package dev.rollcall.intake;

import dev.rollcall.db.Database;
import dev.rollcall.db.FaultText;
import dev.rollcall.event.EventLookup;
import dev.rollcall.event.Events;
import dev.rollcall.event.NewEvent;
import dev.rollcall.model.Cause;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.ImageInbox;
import dev.rollcall.spi.ImageInbox.Kept;
import dev.rollcall.spi.ImageInbox.Piece;
import dev.rollcall.spi.Inbox;
import dev.rollcall.spi.RefusedDelivery;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Takes in a stream with everybody's image. Images are stored many at a time, each time together
 * with the events for those that say something new; from there on it is the same path as for every
 * change. Whoever is not in the stream is left alone.
 */
public final class FullLoad {

  private static final Logger log = LoggerFactory.getLogger(FullLoad.class);
  private static final int TOGETHER = 500;
  private static final int ATTEMPTS = 10;
  private static final Duration BETWEEN = Duration.ofMillis(500);

  private final Database database;
  private final Events events;
  private final EventLookup lookup;
  private final Clock clock;
  private volatile List<Publisher> publishers;
  private final Runnable wakeUp;

  /**
   * @param publishers one for each instance
   * @param wakeUp told after events were appended, so that they are worked at once
   */
  public FullLoad(
      Database database,
      Events events,
      EventLookup lookup,
      Clock clock,
      List<Publisher> publishers,
      Runnable wakeUp) {
    this.database = database;
    this.events = events;
    this.lookup = lookup;
    this.clock = clock;
    this.publishers = List.copyOf(publishers);
    this.wakeUp = wakeUp;
  }

  /** The publisher of this instance, empty when there is none. */
  public Optional<Publisher> publisher(String instance) {
    return publishers.stream().filter(known -> known.instance().equals(instance)).findFirst();
  }

  /** From now on these are loaded from; a load that has begun ends as it began. */
  public void replacePublishers(List<Publisher> others) {
    publishers = List.copyOf(others);
  }

  /**
   * Takes in a stream to its end.
   *
   * @param file as people know it
   * @param asOf when the images were true: what was told later wins
   * @param tally counts along, so that others can look
   * @throws RefusedDelivery when it is not a publication at all; nothing was stored then
   * @throws IOException when the stream breaks; what came before is stored, and loading the same
   *     again does no harm
   */
  public void load(
      Publisher publisher, String file, InputStream stream, Instant asOf, LoadTally tally)
      throws IOException {
    ImageInbox images = publisher.images();
    ImageInbox.Pieces pieces = images.open(stream);
    long load = images.begin(file, asOf);
    try (ExecutorService parser = Executors.newSingleThreadExecutor()) {
      Future<List<Understood>> ahead = null;
      List<Piece> part = nextPart(pieces);
      while (!part.isEmpty() || ahead != null) {
        List<Piece> toRead = part;
        Future<List<Understood>> reading =
            part.isEmpty() ? null : parser.submit(() -> read(images, pieces, toRead));
        part = part.isEmpty() ? part : nextPart(pieces);
        if (ahead != null) {
          store(publisher, load, asOf, result(ahead), tally);
        }
        ahead = reading;
      }
    }
    tally.ended(pieces.whole(), pieces.line());
  }

  /** What a piece turned out to be: an image, nobody's, or refused. */
  private record Understood(
      Piece piece, Optional<Inbox.Incoming> image, Optional<String> refusal) {}

  private static List<Piece> nextPart(ImageInbox.Pieces pieces) throws IOException {
    List<Piece> part = new ArrayList<>(TOGETHER);
    while (part.size() < TOGETHER) {
      Optional<Piece> piece = pieces.next();
      if (piece.isEmpty()) {
        return part;
      }
      part.add(piece.get());
    }
    return part;
  }

  private static List<Understood> read(
      ImageInbox images, ImageInbox.Pieces pieces, List<Piece> part) {
    List<Understood> understood = new ArrayList<>(part.size());
    for (Piece piece : part) {
      try {
        understood.add(new Understood(piece, images.read(pieces, piece), Optional.empty()));
      } catch (RefusedDelivery refused) {
        understood.add(
            new Understood(
                piece, Optional.empty(), Optional.of(String.valueOf(refused.getMessage()))));
      }
    }
    return understood;
  }

  private static List<Understood> result(Future<List<Understood>> reading) throws IOException {
    try {
      return reading.get();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("The load was interrupted", stop);
    } catch (ExecutionException failure) {
      throw new IOException("A part could not be read", failure.getCause());
    }
  }

  private void store(
      Publisher publisher, long load, Instant asOf, List<Understood> part, LoadTally tally)
      throws IOException {
    List<Inbox.Incoming> batch = new ArrayList<>();
    Set<SubjectKey> subjects = new HashSet<>();
    for (Understood one : part) {
      one.refusal().ifPresent(reason -> tally.rejected(one.piece(), reason));
      if (one.image().isPresent()) {
        Inbox.Incoming image = one.image().get();
        if (!subjects.add(image.subject())) {
          // The same person twice: the later one is stored after the earlier.
          tally.count(storeWithRetry(publisher, load, asOf, batch));
          batch.clear();
          subjects.clear();
          subjects.add(image.subject());
        }
        batch.add(image);
      }
    }
    tally.count(storeWithRetry(publisher, load, asOf, batch));
  }

  /** A database that restarts in the middle is waited for; storing the same again does no harm. */
  private List<Kept> storeWithRetry(
      Publisher publisher, long load, Instant asOf, List<Inbox.Incoming> batch) throws IOException {
    if (batch.isEmpty()) {
      return List.of();
    }
    for (int attempt = 1; ; attempt++) {
      try {
        List<Kept> kept =
            database.inTransaction(() -> storeAndAppend(publisher, load, asOf, batch));
        wakeUp.run();
        return kept;
      } catch (DataAccessException | TransactionException failure) {
        if (attempt == ATTEMPTS || !Database.isTransient(failure)) {
          throw failure;
        }
        log.warn("{} images will be stored again: {}", batch.size(), FaultText.of(failure));
        pause();
      }
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(BETWEEN);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("The load was interrupted", stop);
    }
  }

  private List<Kept> storeAndAppend(
      Publisher publisher, long load, Instant asOf, List<Inbox.Incoming> batch) {
    List<Kept> kept = publisher.images().store(load, asOf, batch);
    List<SubjectKey> toWork = new ArrayList<>();
    List<SubjectKey> unchanged = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      SubjectKey subject = batch.get(i).subject();
      switch (kept.get(i)) {
        case NEW -> toWork.add(subject);
        case UNCHANGED -> unchanged.add(subject);
        case OLDER -> {}
      }
    }
    if (!unchanged.isEmpty()) {
      toWork.addAll(lookup.endedBadly(publisher.instance(), unchanged));
    }
    Instant now = Instant.now(clock);
    events.append(
        toWork.stream()
            .map(subject ->
                NewEvent.now(publisher.instance(), subject, Cause.MESSAGE, Priority.BULK, now))
            .toList());
    return kept;
  }
}
