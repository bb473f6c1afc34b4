package dev.rollcall.web.page;

import dev.rollcall.event.Lines;
import dev.rollcall.model.LineStatus;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.web.LineAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request line in a list.
 *
 * @param name of the person, or null
 * @param answer what the other side answered, when it failed
 */
record LineRow(Lines.Shown line, @Nullable String name, LineAnswer answer) {

  private static final int BRIEF = 140;

  /** These lines with the names of the people they are about. */
  static List<LineRow> of(List<Lines.Shown> lines, Names names) {
    Map<SubjectKey, String> known =
        names.of(lines.stream().map(one -> one.line().subject()).collect(Collectors.toSet()));
    return lines.stream()
        .map(one -> new LineRow(one, known.get(one.line().subject()), LineAnswer.of(one)))
        .toList();
  }

  /** Where the line's own page is. */
  public String path() {
    return Paths.line(line.id());
  }

  /** Where the person's page is. */
  public String personPath() {
    return Paths.person(line.line().subject());
  }

  /** Where its batch is. */
  public String batchPath() {
    return Paths.batch(line.instance(), line.line().key().batch());
  }

  /** What came of it, in about two lines; null when there is nothing to say. */
  public @Nullable String brief() {
    String text = line.text();
    if (text == null) {
      return null;
    }
    String code = answer.code();
    int begin = code == null ? -1 : text.indexOf(code);
    String said = begin < 0 || code == null ? text : text.substring(begin + code.length());
    int end = said.indexOf(" [request ");
    said = (end < 0 ? said : said.substring(0, end)).strip();
    int length = said.codePointCount(0, said.length());
    return length <= BRIEF ? said : said.substring(0, said.offsetByCodePoints(0, BRIEF)) + "…";
  }

  /** When it ended, or, while it is open, was taken over. */
  public Instant at() {
    return Objects.requireNonNullElse(line.finished(), line.stored());
  }

  /** Whether it can be tried again. */
  public boolean failed() {
    return line.status() == LineStatus.ERR;
  }

  /** Whether an answer of the other side stands behind it. */
  public boolean answered() {
    return answer.http() != null;
  }
}
