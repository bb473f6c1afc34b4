package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is shown to people cannot drive their terminal. */
class OutputTest {

  @Test
  void controlCharactersOfAMessageDoNotReachTheTerminal() {
    assertThat(Output.printable("Zoë \u001b[2J\u009b1m\n\u0007\uD83C\uDF93"))
        .isEqualTo("Zoë ?[2J?1m??\uD83C\uDF93");
  }
}
