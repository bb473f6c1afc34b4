package dev.rollcall.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class DecodePropertyTest {

  @Property
  void whatIsPrintedIsReadBackTheSame(@ForAll("decodes") Decode decode) {
    assertThat(Decode.parse(decode.print())).isEqualTo(decode);
  }

  @Property
  void anyTextIsReadOrRefusedWithAReason(@ForAll("texts") String text) {
    Decode decode;
    try {
      decode = Decode.parse(text);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageContaining(text).hasMessageContaining("allowed");
      return;
    }
    assertThat(Decode.parse(decode.print()).print()).isEqualTo(decode.print());
  }

  @Property
  void aSixthElementIsRefused(@ForAll("decodes") Decode decode) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Decode.parse(decode.print() + "~None~None~None~None~None"));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("~", "=", "None", "PRIMARY", "RESOURCE=", "A", "B_1", " ", "-", "é", "")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<Decode> decodes() {
    Arbitrary<Optional<Decode.Type>> types =
        Combinators.combine(names(), values()).as(Decode.Type::new).optional(0.6);
    Arbitrary<Optional<String>> kinds =
        Arbitraries.oneOf(Arbitraries.just(Decode.PRIMARY), values()).optional(0.6);
    return Combinators.combine(names(), names(), types, names().optional(0.6), kinds)
        .as((node, record, type, effdt, kind) -> {
          boolean primary = kind.equals(Optional.of(Decode.PRIMARY));
          Decode printed =
              new Decode(
                  "",
                  node,
                  record,
                  type.orElse(null),
                  effdt.orElse(null),
                  primary,
                  primary ? null : kind.orElse(null));
          return withText(printed, printed.print());
        });
  }

  private static Decode withText(Decode decode, String text) {
    return new Decode(
        text,
        decode.node(),
        decode.record(),
        decode.type(),
        decode.effdt(),
        decode.primary(),
        decode.resource());
  }

  private static Arbitrary<String> names() {
    Arbitrary<Character> firsts = Arbitraries.chars().range('A', 'Z').with('_');
    Arbitrary<String> rests =
        Arbitraries.strings()
            .withCharRange('A', 'Z')
            .numeric()
            .withChars('_', '-', '.')
            .ofMaxLength(9);
    return Combinators.combine(firsts, rests)
        .as((first, rest) -> first + rest)
        .filter(name -> !name.toUpperCase(Locale.ROOT).equals("NONE"));
  }

  private static Arbitrary<String> values() {
    return Arbitraries.strings()
        .ascii()
        .excludeChars('~')
        .ofMinLength(1)
        .ofMaxLength(9)
        .filter(value -> value.equals(value.strip()) && !value.isBlank());
  }
}
