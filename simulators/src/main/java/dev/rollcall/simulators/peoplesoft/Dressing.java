package dev.rollcall.simulators.peoplesoft;

import dev.rollcall.simulators.http.Call;
import dev.rollcall.simulators.peoplesoft.broker.Twist;
import dev.rollcall.simulators.peoplesoft.message.Style;
import dev.rollcall.simulators.state.Json;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * In which forms messages go out, as fractions; the random numbers decide for each message.
 *
 * @param style empty for a mixture
 * @param blankRoot how many new people are announced with an empty root action
 * @param originals how many changes carry the original rows
 */
record Dressing(
    Optional<Style> style, double blankRoot, double originals, Map<Twist, Double> fractions) {
  private static final Set<Twist> OWN_KEYS =
      EnumSet.of(Twist.DUPLICATE, Twist.DUPLICATE_CONCURRENTLY, Twist.RESEND);

  /** The keys of a control call that {@link #of} reads. */
  static Set<String> keys() {
    Set<String> keys = new HashSet<>(Set.of("style", "blankRoot", "originals"));
    keys.addAll(Set.of("duplicates", "resend"));
    for (Twist twist : Twist.values()) {
      if (!OWN_KEYS.contains(twist)) {
        keys.add(key(twist));
      }
    }
    return keys;
  }

  static Dressing of(Call call) {
    String named = call.text("style").orElse("mixed");
    Map<Twist, Double> fractions = new EnumMap<>(Twist.class);
    for (Twist twist : Twist.values()) {
      if (!OWN_KEYS.contains(twist)) {
        fractions.put(twist, call.fraction(key(twist), 0));
      }
    }
    double duplicates = call.fraction("duplicates", 0);
    fractions.put(Twist.DUPLICATE, duplicates / 2);
    fractions.put(Twist.DUPLICATE_CONCURRENTLY, duplicates / 2);
    fractions.put(Twist.RESEND, call.fraction("resend", 0));
    return new Dressing(
        named.equals("mixed") ? Optional.empty() : Optional.of(call.value("style", Style.class)),
        call.fraction("blankRoot", 0.3),
        call.fraction("originals", 0.2),
        fractions);
  }

  Style style(RandomGenerator random) {
    Style drawn = random.nextBoolean() ? Style.IMAGE : Style.CHANGED;
    return style.orElse(drawn);
  }

  Set<Twist> twists(RandomGenerator random) {
    Set<Twist> twists = EnumSet.noneOf(Twist.class);
    fractions.forEach((twist, fraction) -> {
      if (random.nextDouble() < fraction) {
        twists.add(twist);
      }
    });
    // Without both, nobody could tell a repeat from a change.
    if (twists.contains(Twist.NO_ORIG_TIME_STAMP)) {
      twists.remove(Twist.NO_TRANSACTION_ID);
    }
    return twists;
  }

  private static String key(Twist twist) {
    return Json.MAPPER.convertValue(twist, String.class);
  }
}
