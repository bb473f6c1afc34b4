package dev.rollcall.intake;

import dev.rollcall.db.Database;
import dev.rollcall.files.Archive;
import dev.rollcall.files.FileState;
import dev.rollcall.files.IncomingFiles;
import dev.rollcall.files.RejectedPiece;
import dev.rollcall.files.WatchedPlace;
import dev.rollcall.guard.EnvironmentLock;
import dev.rollcall.guard.Objection;
import dev.rollcall.intake.WatchedFiles.Known;
import dev.rollcall.intake.WatchedFiles.Look;
import dev.rollcall.intake.WatchedFiles.State;
import dev.rollcall.spi.RefusedDelivery;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Takes in the files that are put in a directory. A file is loaded when it looks the same as some
 * time before, so that nobody writes into it any more; one that was taken in whole is archived, one
 * that was not is kept and not tried again until it changes, or once after a start. Safe to be
 * looked at by several processes: the same file twice does no harm.
 */
public final class DirectoryWatch {

  private static final Logger log = LoggerFactory.getLogger(DirectoryWatch.class);
  private static final String REJECTS = ".rejects.jsonl";

  private final FullLoad fullLoad;
  private final EnvironmentLock environment;
  private final WatchedFiles files;
  private final Clock clock;
  private final String instance;
  private final WatchedPlace place;
  private final Duration settle;
  private final Set<Look> triedHere = ConcurrentHashMap.newKeySet();

  /**
   * @param environment says whether anything may be taken in here
   * @param instance whose publications are put there
   * @param settle for how long a file has to look the same before it is loaded
   */
  public DirectoryWatch(
      Database database,
      FullLoad fullLoad,
      EnvironmentLock environment,
      Clock clock,
      String instance,
      WatchedPlace place,
      Duration settle) {
    this.fullLoad = fullLoad;
    this.environment = environment;
    this.files = new WatchedFiles(database.jdbc(), instance);
    this.clock = clock;
    this.instance = instance;
    this.place = place;
    this.settle = settle;
  }

  /** A look at the directory that went wrong; tried again next time. */
  public static final class Trouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Trouble(String message) {
      super(message, null, false, false); // where it comes from is known; the words are what counts
    }

    /** The schedule keeps it for people to read. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
      return String.valueOf(getMessage());
    }
  }

  /** A file that is kept because of what is in it. */
  public record KeptFile(String file, Instant since, String reason) {}

  /**
   * How the watch stands, whichever process looked last.
   *
   * @param lookedAt null before the first look
   * @param trouble what went wrong at the last look, null when nothing did
   */
  public record Standing(
      @Nullable Instant lookedAt, @Nullable String trouble, List<KeptFile> kept) {}

  /** Whose publications are put there. */
  public String instance() {
    return instance;
  }

  /** How it stands. */
  public Standing standing() {
    Optional<WatchedFiles.LastLook> last = files.lastLook();
    return new Standing(
        last.map(WatchedFiles.LastLook::at).orElse(null),
        last.map(WatchedFiles.LastLook::trouble).orElse(null),
        files.kept().stream()
            .map(one -> new KeptFile(one.look().name(), one.since(), String.valueOf(one.reason())))
            .toList());
  }

  /** What is kept is tried once more: the rules it is read with have changed. */
  public void tryKeptAgain() {
    triedHere.clear();
  }

  /** What became of a file in this look. */
  private enum Fate {
    ARCHIVED,
    SKIPPED,
    KEPT,
    WAITING,
    GONE
  }

  /**
   * Looks at the directory and takes in what is ready, in the order of names.
   *
   * @param over asked between pieces whether to stop; a file that was begun is loaded again
   * @return what was done, in one sentence
   * @throws Trouble when the directory or a file of it could not be read or moved; the others were
   *     taken in all the same
   */
  public String look(BooleanSupplier over) {
    Map<Fate, Integer> done = new EnumMap<>(Fate.class);
    List<String> troubles = new ArrayList<>();
    for (Path file : listed(troubles)) {
      if (over.getAsBoolean()) {
        break;
      }
      try {
        done.merge(one(file, over), 1, Integer::sum);
      } catch (NoSuchFileException gone) {
        done.merge(Fate.GONE, 1, Integer::sum);
      } catch (Stopped stop) {
        break;
      } catch (IOException failure) {
        troubles.add(failure.getMessage() == null ? failure.toString() : failure.getMessage());
      }
    }
    String trouble = troubles.isEmpty() ? null : String.join("; ", troubles);
    files.looked(clock.instant(), trouble);
    if (trouble != null) {
      throw new Trouble(trouble);
    }
    return sentence(done);
  }

  private static String sentence(Map<Fate, Integer> done) {
    String files =
        done.entrySet().stream()
            .filter(one -> one.getKey() != Fate.GONE)
            .map(one -> one.getValue() + " " + one.getKey().name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return files.isEmpty() ? "no files" : "files: " + files;
  }

  private List<Path> listed(List<String> troubles) {
    Optional<String> trouble = environment.objection().map(Objection::text).or(place::trouble);
    if (trouble.isPresent()) {
      troubles.add(trouble.get());
      return List.of();
    }
    try {
      List<Path> listed = IncomingFiles.in(place.directory());
      files.keepOnly(listed.stream().map(DirectoryWatch::name).toList());
      return listed;
    } catch (IOException failure) {
      troubles.add("directory " + place.directory() + " cannot be read: " + failure);
      return List.of();
    }
  }

  private Fate one(Path file, BooleanSupplier over) throws IOException {
    Look look = look(file);
    Known known = files.known(look.name()).filter(one -> one.look().equals(look)).orElse(null);
    if (known == null) {
      return wait(look);
    }
    return switch (known.state()) {
      case SEEN ->
          known.since().plus(settle).isAfter(clock.instant())
              ? Fate.WAITING
              : load(file, look, over);
      case KEPT -> triedHere.contains(look) ? Fate.KEPT : load(file, look, over);
      case TAKEN -> archive(file, Fate.ARCHIVED);
    };
  }

  private Fate wait(Look look) {
    files.put(new Known(look, State.SEEN, clock.instant(), null));
    return Fate.WAITING;
  }

  private static Look look(Path file) throws IOException {
    return Look.at(
        name(file),
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private Fate load(Path file, Look look, BooleanSupplier over) throws IOException {
    LoadTally tally = new LoadTally();
    Optional<String> refusal = read(file, look, tally, over);
    if (!look(file).equals(look)) {
      // Somebody wrote into it meanwhile. What was read is stored; all of it is read again.
      return wait(look(file));
    }
    if (refusal.isPresent()) {
      return keep(look, refusal.get());
    }
    boolean whole = tally.rejects().isEmpty();
    return switch (FileState.of(tally.numbers().transactions(), whole)) {
      case ARCHIVED -> taken(file, look, tally, Fate.ARCHIVED);
      case SKIPPED -> taken(file, look, tally, Fate.SKIPPED);
      case KEPT -> {
        String reason = inWords(tally);
        Fate fate = keep(look, reason);
        writeRejects(file, tally);
        yield fate;
      }
    };
  }

  /** Loads a file; gives why it is refused as a whole, if it is. */
  private Optional<String> read(Path file, Look look, LoadTally tally, BooleanSupplier over)
      throws IOException {
    Publisher publisher =
        fullLoad
            .publisher(instance)
            .orElseThrow(() -> new IllegalStateException("There is no instance " + instance));
    // A file of tomorrow would make everything older that is told until then.
    Instant now = clock.instant();
    Instant asOf = look.modified().isAfter(now) ? now : look.modified();
    try (InputStream stream =
        new Stoppable(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), over)) {
      fullLoad.load(publisher, look.name(), stream, asOf, tally);
      return Optional.empty();
    } catch (RefusedDelivery refused) {
      return Optional.of(String.valueOf(refused.getMessage()));
    } catch (DataAccessException | TransactionException failure) {
      if (Database.isTransient(failure)) {
        throw failure;
      }
      log.error("{} of {} could not be stored", look.name(), instance, failure);
      return Optional.of("what it holds could not be stored; the log says why");
    } catch (Stopped | NoSuchFileException passed) {
      throw passed;
    } catch (IOException failure) {
      if (failure.getCause() instanceof RuntimeException) {
        log.error("{} of {} could not be understood", look.name(), instance, failure);
        return Optional.of("what it holds could not be understood; the log says why");
      }
      throw new IOException(file + " cannot be read: " + failure, failure);
    }
  }

  private Fate keep(Look look, String reason) {
    log.warn("{} of {} is kept; rollcall instances says why", look.name(), instance);
    files.put(new Known(look, State.KEPT, clock.instant(), reason));
    triedHere.add(look);
    return Fate.KEPT;
  }

  private Fate taken(Path file, Look look, LoadTally tally, Fate fate) throws IOException {
    log.info("{} of {} was taken in: {}", look.name(), instance, tally.numbers());
    files.put(new Known(look, State.TAKEN, clock.instant(), null));
    return archive(file, fate);
  }

  private Fate archive(Path file, Fate fate) throws IOException {
    try {
      new Archive(place.archive()).take(file);
    } catch (IOException failure) {
      if (failure instanceof NoSuchFileException && !Files.exists(file)) {
        throw failure; // another process was faster
      }
      throw new IOException(
          "%s was taken in, but cannot be moved to %s: %s"
              .formatted(file, place.archive(), failure),
          failure);
    }
    Files.deleteIfExists(rejectsOf(file));
    files.forget(name(file));
    return fate;
  }

  private static String inWords(LoadTally tally) {
    LoadTally.Reject first = tally.rejects().getFirst();
    return "%d of %d were not taken in; the first, at line %d: %s"
        .formatted(
            tally.rejects().size(), tally.numbers().transactions(), first.line(), first.reason());
  }

  private static Path rejectsOf(Path file) {
    return file.resolveSibling(name(file) + REJECTS);
  }

  private static void writeRejects(Path file, LoadTally tally) throws IOException {
    Path into = rejectsOf(file);
    try {
      Files.write(
          into,
          tally.rejects().stream()
              .map(one ->
                  new RejectedPiece(one.line(), one.emplid(), one.reason()).jsonLine(name(file)))
              .toList());
    } catch (IOException failure) {
      throw new IOException(
          "what was rejected cannot be written to " + into + ": " + failure, failure);
    }
  }

  /** The look is over, in the middle of a file. */
  private static final class Stopped extends InterruptedIOException {
    private static final long serialVersionUID = 1L;
  }

  /** Ends when the look is over. */
  private static final class Stoppable extends FilterInputStream {
    private final BooleanSupplier over;

    Stoppable(InputStream stream, BooleanSupplier over) {
      super(stream);
      this.over = over;
    }

    @Override
    public int read() throws IOException {
      checkOver();
      return super.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      checkOver();
      return super.read(buffer, offset, length);
    }

    private void checkOver() throws Stopped {
      if (over.getAsBoolean()) {
        throw new Stopped();
      }
    }
  }
}
