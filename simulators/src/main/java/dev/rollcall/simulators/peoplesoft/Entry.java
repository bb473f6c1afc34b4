package dev.rollcall.simulators.peoplesoft;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.rollcall.simulators.peoplesoft.broker.BrokerSettings;
import dev.rollcall.simulators.peoplesoft.broker.Contract;
import dev.rollcall.simulators.peoplesoft.broker.Node;
import dev.rollcall.simulators.peoplesoft.broker.Standing;
import dev.rollcall.simulators.peoplesoft.population.Person;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One line of the journal: what must still be known after a kill. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
sealed interface Entry {
  /** People that nobody outside has heard of yet. */
  record Populated(List<Person> people) implements Entry {}

  /** The truth and what is said about it change together, hence in one line. */
  record Published(Person person, List<Contract> contracts) implements Entry {}

  record Moved(long contract, Standing standing) implements Entry {}

  record Pointed(Node node) implements Entry {}

  record Settled(BrokerSettings settings) implements Entry {}

  record ClockMoved(Duration offset) implements Entry {}

  /**
   * A play began with this contract, or has published all it has.
   *
   * @param failure why it broke off, if it did
   */
  record Played(long id, long firstContract, boolean complete, Optional<String> failure)
      implements Entry {
    Played ended(Optional<String> why) {
      return new Played(id, firstContract, true, why);
    }
  }
}
