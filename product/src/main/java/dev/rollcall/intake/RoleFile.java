package dev.rollcall.intake;

import dev.rollcall.spi.RoleCatalog.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the affiliation codes out of a CSV file as Campus exports it: a row for each code, or one
 * for each affiliation of everybody ({@code facts/oim-campus-connector.md §8}). Memory grows with
 * the different codes, not with the file. Used once.
 */
final class RoleFile {

  private static final char BYTE_ORDER_MARK = '\ufeff';
  private static final int LONGEST_FIRST_LINE = 1 << 16;
  private static final int MOST_CODES = 100_000;
  private static final int LONGEST_CODE = 254;
  private static final int LONGEST_DESCRIPTION = 1_000;

  /** The file is not what it should be; the message says where and what helps. */
  static final class Unreadable extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Unreadable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  private final Map<String, Optional<String>> descriptions = new LinkedHashMap<>();
  private @Nullable RoleColumns columns;
  private long line;

  private RoleFile() {}

  /**
   * Reads a file to its end.
   *
   * @return each code once, in the order of the file, with the first description it has
   * @throws Unreadable when a row is malformed, or there is no code at all
   * @throws IOException when the stream breaks
   */
  static List<Role> read(InputStream stream) throws IOException {
    RoleFile file = new RoleFile();
    file.parse(stream);
    if (file.descriptions.isEmpty()) {
      throw new Unreadable("the file has no affiliation codes", null);
    }
    return file.descriptions.entrySet().stream()
        .map(entry -> new Role(entry.getKey(), entry.getValue().orElse(null)))
        .toList();
  }

  private void parse(InputStream stream) throws IOException {
    // Whoever reads a wrong encoding as well as it goes makes roles that nobody has.
    Reader text =
        new InputStreamReader(
            stream,
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    try {
      BufferedReader buffered = new BufferedReader(text);
      skipByteOrderMark(buffered);
      parse(new RowLimit(buffered), format(delimiter(buffered)));
    } catch (UncheckedIOException failure) {
      throw explained(Objects.requireNonNull(failure.getCause()));
    } catch (IOException failure) {
      throw explained(failure);
    }
  }

  private void parse(RowLimit limit, CSVFormat format) throws IOException {
    try (CSVParser parser = CSVParser.parse(limit, format)) {
      Iterator<CSVRecord> rows = parser.iterator();
      line = 1;
      while (rows.hasNext()) {
        CSVRecord row = rows.next();
        limit.rowEnded();
        if (row.stream().anyMatch(value -> !value.isBlank())) {
          take(row);
        }
        line = parser.getCurrentLineNumber() + 1;
      }
    }
  }

  private static CSVFormat format(char delimiter) {
    return CSVFormat.DEFAULT
        .builder()
        .setDelimiter(delimiter)
        .setIgnoreSurroundingSpaces(true)
        // Counted as rows without anything, or nobody could tell the line of the next one.
        .setIgnoreEmptyLines(false)
        .get();
  }

  private IOException explained(IOException failure) {
    if (failure instanceof CSVException) {
      throw unreadable("a quoted text does not end where its column ends", failure);
    }
    if (failure instanceof RowLimit.Exceeded) {
      throw unreadable(String.valueOf(failure.getMessage()), failure);
    }
    if (failure instanceof CharacterCodingException) {
      throw unreadable("or a little later: not UTF-8; save the file as UTF-8", failure);
    }
    return failure;
  }

  private Unreadable unreadable(String what, @Nullable Throwable cause) {
    return new Unreadable("line " + line + ": " + what, cause);
  }

  private void take(CSVRecord row) {
    RoleColumns known = columns;
    if (known == null) {
      columns = RoleColumns.of(row);
      if (columns.named()) {
        return;
      }
      known = columns;
    }
    String wrong = known.problem(row);
    if (wrong != null) {
      throw unreadable(wrong, null);
    }
    String code = row.get(known.code()).strip();
    if (!code.isEmpty()) {
      put(code, known.description(row));
    }
  }

  private void put(String code, String description) {
    check("code", code, LONGEST_CODE);
    // A description may go over several lines.
    String plain = description.strip().replaceAll("\\s+", " ");
    check("description", plain, LONGEST_DESCRIPTION);
    descriptions.merge(
        code,
        plain.isEmpty() ? Optional.empty() : Optional.of(plain),
        (first, later) -> first.isPresent() ? first : later);
    if (descriptions.size() > MOST_CODES) {
      throw unreadable(
          "more than "
              + MOST_CODES
              + " different codes; is this not the column of the affiliation codes?",
          null);
    }
  }

  private void check(String what, String text, int longest) {
    if (text.length() > longest) {
      throw unreadable("the " + what + " is longer than " + longest + " characters", null);
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw unreadable("the " + what + " has control characters", null);
    }
  }

  private static void skipByteOrderMark(BufferedReader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
  }

  /** What separates columns comes first in the first line, outside quotes: no code has it. */
  private static char delimiter(BufferedReader reader) throws IOException {
    reader.mark(LONGEST_FIRST_LINE);
    boolean quoted = false;
    char found = ',';
    for (int i = 0; i < LONGEST_FIRST_LINE; i++) {
      int next = reader.read();
      if (next < 0 || (!quoted && (next == '\n' || next == '\r') && i > 0)) {
        break;
      }
      quoted ^= next == '"';
      if (!quoted && (next == ',' || next == ';' || next == '\t')) {
        found = (char) next;
        break;
      }
    }
    reader.reset();
    return found;
  }
}
