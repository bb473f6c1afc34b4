package dev.rollcall.web;

import dev.rollcall.event.Lines;
import dev.rollcall.model.LineStatus;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the other side answered to a line that ended as an error.
 *
 * @param http the status of the answer, null when none came
 * @param code Okta's own, null when it said none
 */
public record LineAnswer(@Nullable Integer http, @Nullable String code) {

  private static final Pattern ANSWER = Pattern.compile("HTTP (\\d{3})(?: (E\\d{7}))?");
  private static final LineAnswer NONE = new LineAnswer(null, null);

  /** As the line's text quotes it. */
  public static LineAnswer of(Lines.Shown line) {
    String text = line.text();
    if (text == null || line.status() != LineStatus.ERR) {
      return NONE;
    }
    Matcher answer = ANSWER.matcher(text);
    return answer.find() ? new LineAnswer(Integer.valueOf(answer.group(1)), answer.group(2)) : NONE;
  }
}
