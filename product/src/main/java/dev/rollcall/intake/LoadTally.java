package dev.rollcall.intake;

import dev.rollcall.spi.ImageInbox.Kept;
import dev.rollcall.spi.ImageInbox.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a load has come to so far. Safe to be looked at while it counts. */
public final class LoadTally {

  private static final Pattern EMPLID =
      Pattern.compile("<(?:[\\w.-]+:)?EMPLID[^<>]*>([^<>]{1,64})<");

  /**
   * A piece that was not taken in.
   *
   * @param line where it begins in the file
   * @param emplid whom it seems to be about, null when that cannot be told
   */
  public record Reject(int line, @Nullable String emplid, String reason) {}

  /**
   * The numbers.
   *
   * @param whole whether the stream came to its proper end
   */
  public record Numbers(
      long transactions, long accepted, long unchanged, long older, long rejected, boolean whole) {}

  private final List<Reject> rejects = new ArrayList<>();
  private long accepted;
  private long unchanged;
  private long older;
  private long refused;
  private boolean whole;

  synchronized void rejected(Piece piece, String reason) {
    refused++;
    Matcher emplid = EMPLID.matcher(piece.text());
    rejects.add(new Reject(piece.line(), emplid.find() ? emplid.group(1).strip() : null, reason));
  }

  synchronized void count(List<Kept> kept) {
    for (Kept one : kept) {
      switch (one) {
        case NEW -> accepted++;
        case UNCHANGED -> unchanged++;
        case OLDER -> older++;
      }
    }
  }

  synchronized void ended(boolean properly, int lastLine) {
    whole = properly;
    if (!properly) {
      rejects.add(
          new Reject(lastLine, null, "the file ends in the middle; what came before is stored"));
    }
  }

  /** The numbers as they are now. */
  public synchronized Numbers numbers() {
    long taken = accepted + unchanged + older;
    return new Numbers(taken + refused, accepted, unchanged, older, rejects.size(), whole);
  }

  /** What was not taken in, in the order of the file. */
  public synchronized List<Reject> rejects() {
    return List.copyOf(rejects);
  }
}
