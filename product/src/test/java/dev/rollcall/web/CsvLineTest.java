package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written for spreadsheets is read by them as it was meant. */
class CsvLineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain|plain",
        "a,b|\"a,b\"",
        "say \"no\"|\"say \"\"no\"\"\"",
        "=cmd()|'=cmd()",
        "+1|'+1",
        "-1|'-1",
        "@x|'@x",
        "\uff1d1|'\uff1d1",
        "{\"a\":1}|\"{\"\"a\"\":1}\""
      })
  void whatWouldBeAFormulaIsAText(String value, String written) {
    assertThat(CsvLine.of(value)).isEqualTo(written + "\r\n");
  }

  @Test
  void nothingIsAnEmptyCellAndANumberIsANumber() {
    assertThat(CsvLine.of(-7L, null, "a\nb")).isEqualTo("-7,,\"a\nb\"\r\n");
  }

  @Test
  void aFormulaBehindTheEndOfALineIsATextToo() {
    assertThat(CsvLine.of("\n=cmd()")).isEqualTo("\"'\n=cmd()\"\r\n");
  }
}
