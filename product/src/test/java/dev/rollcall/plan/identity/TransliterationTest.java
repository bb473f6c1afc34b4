package dev.rollcall.plan.identity;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransliterationTest {

  @ParameterizedTest
  @CsvSource({
    "Jane, Jane",
    "Zoë, Zoe",
    "Müller, Muller",
    "Weiß, Weiss",
    "Sørensen, Sorensen",
    "Åse, Ase",
    "Æsir, Aesir",
    "Łukasz, Lukasz",
    "Þórr, Thorr",
    "Guðrún, Gudrun",
    "Đặng, Dang",
    "Œuvre, Oeuvre",
    "İsmail, Ismail",
    "Yıldız, Yildiz",
    "Nguyễn, Nguyen",
    "Щукин, Shchukin",
    "Алексей, Aleksei",
    "Юлія, Iuliia",
    "Љубица, Ljubitsa",
    "Παπαδόπουλος, Papadopoulos",
    "Χρήστος, Christos",
    "ﬁnn, finn",
    "Ｊｏｈｎ, John",
    "٠١٢٣, 0123",
    "𝓙𝓪𝓷𝓮, Jane",
  })
  void namesOfManyAlphabetsAreWrittenInLatin(String name, String written) {
    Transliteration.Result result = Transliteration.of(name);

    assertThat(result.text()).isEqualTo(written);
    assertThat(result.unknown()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "Mary Ann, MaryAnn",
        "van der Berg, vanderBerg",
        "O'Brien, OBrien",
        "O’Brien, OBrien",
        "Kealiʻi, Kealii",
        "Smith-Jones, Smith-Jones",
        "Smith – Jones, Smith-Jones",
        "\"Smith,Jr.\", SmithJr",
        "J.R., J.R",
        "-x-, x",
        "a--b, a-b",
        "john.doe_1, john.doe_1",
        "Jane 😀, Jane",
      })
  void blanksAndApostrophesGoAndHyphensStay(String name, String written) {
    assertThat(Transliteration.of(name).text()).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({"王, 王", "محمد, م", "שרה, ש", "สมชาย, ส", "김, ᄀ", "𠮷田, 𠮷"})
  void lettersWithoutARuleAreNamedAndNotGuessedAt(String name, String unknown) {
    assertThat(Transliteration.of(name).unknown()).contains(unknown);
  }

  @Test
  void aSoftSignIsNoLetter() {
    assertThat(Transliteration.of("Ольга")).isEqualTo(Transliteration.of("Олга"));
  }

  @Property(tries = 3000)
  void whateverComesInOnlyAllowedCharactersComeOut(@ForAll String name) {
    assertThat(Transliteration.of(name).text()).matches("([A-Za-z0-9]+([._-][A-Za-z0-9]+)*)?");
  }

  @Property(tries = 1000)
  void whatIsWrittenOnceIsNotWrittenOtherwise(@ForAll String name) {
    String once = Transliteration.of(name).text();

    assertThat(Transliteration.of(once).text()).isEqualTo(once);
  }
}
