package dev.rollcall.spi;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a source that publishes everybody at once keeps what it said: files with a complete image
 * of each subject. The pieces of a stream are read, understood and stored in three steps, so that
 * one bad piece is refused by itself and many are stored together.
 */
public interface ImageInbox {

  /**
   * Opens a stream and reads what stands before the first piece.
   *
   * @throws RefusedDelivery when it is not a publication this inbox takes
   * @throws IOException when the stream cannot be read
   */
  Pieces open(InputStream stream) throws IOException;

  /** The pieces of a stream, in order; memory does not grow with their number. */
  interface Pieces {
    /**
     * The next piece, or empty at the end.
     *
     * @throws RefusedDelivery when a piece is larger than allowed
     * @throws IOException when the stream cannot be read
     */
    Optional<Piece> next() throws IOException;

    /** The line that was reached, from 1. */
    int line();

    /** Whether the stream came to its proper end; only known when there is no next piece. */
    boolean whole();
  }

  /**
   * One piece as it stands in the stream.
   *
   * @param line where it begins, from 1
   */
  record Piece(int line, String text) {}

  /**
   * Understands a piece without storing anything. Safe for many threads.
   *
   * @return the image, or empty for a piece that is about nobody (a header or trailer)
   * @throws RefusedDelivery when it is not an image of somebody
   */
  Optional<Inbox.Incoming> read(Pieces pieces, Piece piece);

  /** Remembers that a stream is being loaded; the id goes with every {@link #store}. */
  long begin(String file, Instant asOf);

  /**
   * Stores images, no two about the same subject, inside the caller's transaction.
   *
   * @param asOf when the images were true: what was told later wins
   * @return what each of them meant, in order
   */
  List<Kept> store(long load, Instant asOf, List<Inbox.Incoming> images);

  /** What a stored image meant. */
  enum Kept {
    /** It says something that was not known. */
    NEW,
    /** It says what is known. */
    UNCHANGED,
    /** Something newer was told before; not applied. */
    OLDER
  }
}
