package dev.rollcall.connector.campusmessage;

import static dev.rollcall.connector.campusmessage.Sync.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rollcall.spi.Delivery;
import dev.rollcall.spi.RefusedDelivery;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MutatedMessageTest {
  private static final String MESSAGE =
      Sync.message(
          "C", mail("", "CAMP", "O&apos;Neil &#235; Zoë"), mail("K", "HOME", "<![CDATA[x]]>"));

  /** Puts a piece over some bytes of a message. */
  record Mutation(int at, int removed, String piece) {
    byte[] of(byte[] message) {
      int from = Math.min(at, message.length);
      int to = Math.min(from + removed, message.length);
      ByteArrayOutputStream mutated = new ByteArrayOutputStream();
      mutated.write(message, 0, from);
      mutated.writeBytes(piece.getBytes(StandardCharsets.ISO_8859_1));
      mutated.write(message, to, message.length - to);
      return mutated.toByteArray();
    }
  }

  @Provide
  Arbitrary<List<Mutation>> mutations() {
    Arbitrary<String> piece =
        Arbitraries.oneOf(
            Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(6),
            Arbitraries.of(
                "<!DOCTYPE x>",
                "<![CDATA[",
                "]]>",
                "<!--",
                "-->",
                "<?x",
                "?>",
                "&#0;",
                "&#xFFFFFFFF;",
                "&x;",
                "<PSCAMA>",
                "</PSCAMA>",
                "<EMPLID>",
                "class=\"R\"",
                "\u00ff\u00fe",
                "<a:b/>",
                " xmlns=\"\"",
                " xmlns:x=''",
                "<MsgData>",
                "</Transaction>",
                "<FieldTypes>",
                "<X/>",
                " encoding=\"UTF-16\"",
                " encoding=\"cp037\"",
                "1.1"));
    return Combinators.combine(
            Arbitraries.integers().between(0, MESSAGE.length()),
            Arbitraries.integers().between(0, 12),
            piece)
        .as(Mutation::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Property(tries = 20_000)
  void aDamagedMessageIsReadOrRefusedButNothingElse(@ForAll("mutations") List<Mutation> mutations) {
    byte[] body = MESSAGE.getBytes(StandardCharsets.UTF_8);
    for (Mutation mutation : mutations) {
      body = mutation.of(body);
    }
    Delivery delivery = new Delivery(Sync.headers(), body, Sync.NOON);
    Throwable thrown = catchThrowable(() -> Readers.read(delivery));
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(RefusedDelivery.class);
    }
  }

  @Property
  void anyDeclaredEncodingIsReadOrRefusedButNothingElse(@ForAll("encodings") String encoding) {
    String body = MESSAGE.replace("1.0\"", "1.0\" encoding=\"" + encoding + "\"");
    Throwable thrown = catchThrowable(() -> Readers.read(Sync.delivery(body)));
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(RefusedDelivery.class);
    }
  }

  @Provide
  Arbitrary<String> encodings() {
    return Arbitraries.oneOf(
        Arbitraries.of(Charset.availableCharsets().keySet()),
        Arbitraries.strings().ascii().ofMaxLength(12));
  }

  @Property
  void anyHeadersAreReadOrRefusedButNothingElse(
      @ForAll("headers") String operation,
      @ForAll("headers") String id,
      @ForAll("headers") String at) {
    Map<String, String> headers =
        Map.of("MessageName", operation, "TransactionID", id, "OrigTimeStamp", at);
    Throwable thrown = catchThrowable(() -> Readers.read(Sync.delivery(MESSAGE, headers)));
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(RefusedDelivery.class);
    }
  }

  @Provide
  Arbitrary<String> headers() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(30),
        Arbitraries.of(
            "", "SCC_CONSTITUENT_SYNC", "2026-03-01T10:00:00Z", "0000-01-01T00:00:00-1800"),
        Arbitraries.strings().withChars("0123456789-:TZ+.").ofLength(24));
  }
}
