package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastLineApartTest {

  @ParameterizedTest
  @CsvSource({
    "'', '', ",
    "'ä\n', '', 'ä\n'",
    "'a\nbö\nc\n', 'a\nbö\n', 'c\n'",
    "'a\nb\nbroken', 'a\n', ",
    "'broken', '', "
  })
  void everyLineButTheLastIsPassedOnHoweverTheBytesCome(String all, String passed, String last)
      throws IOException {
    byte[] bytes = all.getBytes(StandardCharsets.UTF_8);
    for (int piece = 1; piece <= bytes.length + 1; piece++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (LastLineApart lines = new LastLineApart(out)) {
        for (int from = 0; from < bytes.length; from += piece) {
          lines.write(bytes, from, Math.min(piece, bytes.length - from));
        }
        assertThat(lines.last()).isEqualTo(last);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(passed);
      }
    }
  }
}
