package dev.rollcall.connector.campusmessage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.spi.ImageInbox.Piece;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TransactionSplitterTest {

  private static List<Piece> pieces(String file, int atOnce) throws IOException {
    TransactionSplitter splitter =
        new TransactionSplitter(dripping(file, atOnce), "Transaction", 100_000);
    splitter.head();
    List<Piece> pieces = new ArrayList<>();
    for (Optional<Piece> piece = splitter.next(); piece.isPresent(); piece = splitter.next()) {
      pieces.add(piece.get());
    }
    return pieces;
  }

  /** Gives a few characters at a time, as a network may. */
  private static Reader dripping(String file, int atOnce) {
    return new StringReader(file) {
      @Override
      public int read(char[] buffer, int offset, int length) throws IOException {
        return super.read(buffer, offset, Math.min(length, atOnce));
      }
    };
  }

  @Property(tries = 300)
  void everyTransactionComesOutAsItStandsHoweverItArrives(
      @ForAll @IntRange(max = 30) int count, @ForAll @IntRange(min = 1, max = 50) int atOnce)
      throws IOException {
    StringBuilder file = new StringBuilder("<R>\n<MsgData>\n");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String one = "<Transaction id=\"%d\"><X>%s</X></Transaction>".formatted(i, "é".repeat(i));
      expected.add(one);
      file.append(one).append("\n<!-- <Transaction> --> ");
    }
    file.append("</MsgData></R>");
    assertThat(pieces(file.toString(), atOnce)).extracting(Piece::text).isEqualTo(expected);
  }

  @Test
  void linesAreCountedFromOne() throws IOException {
    assertThat(
            pieces(
                "<R>\n\n<Transaction>\n</Transaction>\n<Transaction/><Transaction>x</Transaction>",
                7))
        .extracting(Piece::line)
        .containsExactly(3, 5);
  }

  @Test
  void aTransactionWithoutItsEndSpoilsOnlyItself() throws IOException {
    assertThat(pieces("<R><Transaction>a<Transaction>b</Transaction><Transaction>c", 100))
        .extracting(Piece::text)
        .containsExactly("<Transaction>a", "<Transaction>b</Transaction>");
  }

  @Test
  void namesThatOnlyBeginLikeItAreOthers() throws IOException {
    assertThat(pieces("<R><Transactions/><TransactionX>a</TransactionX></R>", 3)).isEmpty();
  }
}
