package dev.rollcall.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.LocalDate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;

/** The hand-written reader agrees with the JDK's. */
final class DatesPropertyTest {

  @Property
  void everyFourDigitDateIsRead(
      @ForAll @IntRange(max = 9999) int year,
      @ForAll @IntRange(max = 13) int month,
      @ForAll @IntRange(max = 32) int day) {
    String text = "%04d-%02d-%02d".formatted(year, month, day);

    assertThat(Dates.parse(text)).isEqualTo(parsedByTheJdk(text));
  }

  @Property
  void noOtherTextIsADate(
      @ForAll @CharRange(from = '0', to = '9') @Chars({'-', '/', ' ', 'T'}) @StringLength(max = 11)
          String text) {
    LocalDate expected = text.length() == 10 ? parsedByTheJdk(text) : null;

    assertThat(Dates.parse(text)).isEqualTo(expected);
  }

  private static @Nullable LocalDate parsedByTheJdk(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException none) {
      return null;
    }
  }
}
