package dev.rollcall.simulators.peoplesoft.hr;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A name in small letters of ASCII. Cyrillic goes as in passports (ICAO 9303), Greek as on road
 * signs (ELOT 743), and a few Latin letters that are no letter with a mark have a spelling of their
 * own.
 */
final class Spelling {
  private static final Map<Integer, String> LETTERS = new HashMap<>();

  static {
    pairs("ß=ss æ=ae œ=oe ø=o ł=l đ=d ð=d þ=th ħ=h ı=i ŋ=n");
    pairs("а=a б=b в=v г=g д=d е=e ж=zh з=z и=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f");
    pairs("х=kh ц=ts ч=ch ш=sh щ=shch ъ=ie ы=y ь= э=e ю=iu я=ia");
    pairs("α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t");
    pairs("υ=y φ=f χ=ch ψ=ps ω=o");
  }

  private Spelling() {}

  private static void pairs(String line) {
    for (String pair : line.split(" ", -1)) {
      int equals = pair.indexOf('=');
      LETTERS.put(pair.codePointAt(0), pair.substring(equals + 1));
    }
  }

  /** Empty when it has a letter that cannot be spelled. */
  static Optional<String> of(String name) {
    StringBuilder spelled = new StringBuilder();
    String apart = Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD);
    for (int letter : apart.replace("ου", "ou").codePoints().toArray()) {
      if (letter < 128) {
        if (Character.isLetterOrDigit(letter) || "._-".indexOf(letter) >= 0) {
          spelled.appendCodePoint(letter);
        }
      } else if (LETTERS.containsKey(letter)) {
        spelled.append(LETTERS.get(letter));
      } else if (Character.getType(letter) == Character.DASH_PUNCTUATION) {
        spelled.append('-');
      } else if (Character.isLetter(letter)
          && Character.getType(letter) != Character.MODIFIER_LETTER) {
        return Optional.empty();
      }
    }
    return Optional.of(
        spelled.toString().replaceAll("([._-])[._-]+", "$1").replaceAll("^[._-]+|[._-]+$", ""));
  }
}
