package dev.rollcall.simulators.peoplesoft;

import dev.rollcall.simulators.peoplesoft.Campus.Draft;
import dev.rollcall.simulators.peoplesoft.broker.Contract;
import dev.rollcall.simulators.peoplesoft.broker.Twist;
import dev.rollcall.simulators.peoplesoft.message.ConstituentSync;
import dev.rollcall.simulators.peoplesoft.message.Style;
import dev.rollcall.simulators.peoplesoft.population.Affiliation;
import dev.rollcall.simulators.peoplesoft.population.ChangeKind;
import dev.rollcall.simulators.peoplesoft.population.Changed;
import dev.rollcall.simulators.peoplesoft.population.Changes;
import dev.rollcall.simulators.peoplesoft.population.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Works on people as an office would, so that each piece of work publishes its message. */
final class Registrar {
  private final Campus campus;
  private final Dressing dressing;
  private final RandomGenerator random;

  Registrar(Campus campus, Dressing dressing, RandomGenerator random) {
    this.campus = campus;
    this.dressing = dressing;
    this.random = random;
  }

  /** Publishes a person as added. */
  Contract announce(Person person) {
    Person published = person.asPublished();
    ConstituentSync message =
        ConstituentSync.added(
            published, dressing.style(random), random.nextDouble() < dressing.blankRoot());
    return publish(published, message);
  }

  /** Applies a change of this kind, or of any; empty where this kind is not possible. */
  Optional<Contract> change(Person person, Optional<ChangeKind> kind) {
    Optional<Changed> change =
        kind.isPresent() ? changes().apply(kind.get(), person) : Optional.of(any(person));
    return change.map(changed -> change(person, changed));
  }

  Contract change(Person before, Changed change) {
    return publish(change.after(), message(before, change, dressing.style(random)));
  }

  /**
   * Applies two changes and has the newer delivered before the older, as long as the newer one says
   * all there is to know; otherwise they keep their order.
   */
  List<Contract> changeTwiceLate(Person before) {
    Changed first = any(before);
    if (first.after().deleted()) {
      return List.of(change(before, first));
    }
    Changed second = any(first.after());
    ConstituentSync older = message(before, first, dressing.style(random));
    ConstituentSync newer = message(first.after(), second, Style.IMAGE);
    Set<Twist> twists = dressing.twists(random);
    List<Draft> drafts = List.of(new Draft(older, twists), new Draft(newer, twists));
    boolean late =
        newer.supersedes(older)
            && !cameAndWent(before, second.after())
            && !twists.contains(Twist.NO_ORIG_TIME_STAMP);
    return campus.publish(second.after(), drafts, late);
  }

  /** An affiliation only the older message knows would leave a trace or not, by delivery order. */
  private static boolean cameAndWent(Person before, Person after) {
    List<Affiliation> known = new ArrayList<>(before.affiliations());
    known.addAll(before.removedAffiliations());
    return !known.containsAll(after.removedAffiliations());
  }

  private Changed any(Person person) {
    return changes().any(person);
  }

  private Changes changes() {
    return new Changes(random, campus.today());
  }

  private ConstituentSync message(Person before, Changed change, Style style) {
    boolean originals = random.nextDouble() < dressing.originals();
    return change.after().deleted()
        ? ConstituentSync.deleted(change.after(), style)
        : ConstituentSync.changed(before, change, style, originals);
  }

  private Contract publish(Person person, ConstituentSync message) {
    return campus
        .publish(person, List.of(new Draft(message, dressing.twists(random))), false)
        .getFirst();
  }
}
