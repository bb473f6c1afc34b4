package dev.rollcall.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is written into the log is held by how it is written. */
class LogLinesTest {

  private static final Pattern LINE = Pattern.compile("\\blog\\s*\\.(?:error|warn|info|debug)\\(");
  private static final Pattern WORDS =
      Pattern.compile(
          "\\.toString\\(\\)|\\.getMessage\\(\\)|[sS]ubject(?!s\\.size)|[eE]mplid|\\breason\\b");

  /** They say which file of the machine is wrong, and nothing of a person. */
  private static final List<String> OF_FILES =
      List.of("app/Https.java", "app/FirstPassword.java", "web/tls/Tls.java");

  @Test
  void noLineHoldsAnExceptionsOwnWordsOrAPerson() throws IOException {
    Path root = Path.of("src", "main", "java", "dev", "rollcall");
    try (Stream<Path> files = Files.walk(root)) {
      List<String> wrong =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !OF_FILES.contains(root.relativize(file).toString()))
              .flatMap(LogLinesTest::statements)
              .filter(statement -> WORDS.matcher(statement).find())
              .toList();
      assertThat(wrong)
          .as("say FaultText.of(failure), or hand the failure over as the last argument")
          .isEmpty();
    }
  }

  private static Stream<String> statements(Path file) {
    try {
      String source = Files.readString(file);
      return LINE.matcher(source)
          .results()
          .map(found ->
              file + ": " + source.substring(found.start(), source.indexOf(';', found.end())));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
