package dev.rollcall.simulators.peoplesoft.hr;

import dev.rollcall.simulators.peoplesoft.population.NamePool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * What a step makes of a person, which requests PeopleSoft writes for it, and where the account has
 * to be afterwards. A queue knows no request for a leave: it only brings the attributes up to date.
 */
final class HrScenario {

  /** A person after a step, and the requests for it in their order. */
  record Stepped(HrTruth truth, List<RequestLine> lines) {
    Stepped {
      lines = List.copyOf(lines);
    }
  }

  private final RandomGenerator random;

  HrScenario(RandomGenerator random) {
    this.random = random;
  }

  /** Somebody new: their account is made, and a member of the groups of their identity types. */
  static Stepped hire(HrPerson person) {
    IdentityType leading = IdentityType.leading(person.types()).orElseThrow();
    boolean active = leading.initialState().equals(IdentityType.ACTIVE);
    return new Stepped(
        HrTruth.begun(person, active ? IdentityType.ACTIVE : HrTruth.STAGED),
        List.of(
            new RequestLine(person.oprid(), active ? "CR8A" : "CR8I"),
            new RequestLine(person.oprid(), "GRPA")));
  }

  /** Empty where the step is not possible. */
  Optional<Stepped> apply(HrStep step, HrTruth truth) {
    HrPerson person = truth.person();
    boolean here = !person.types().isEmpty();
    return switch (step) {
      case HIRE -> Optional.empty(); // of somebody new only
      case NAME_CHANGED ->
          updated(
              here, truth, person.named(person.first(), NamePool.otherLast(person.last(), random)));
      case PREFERRED_NAME ->
          updated(here, truth, person.preferring(NamePool.first(random), person.last()));
      case EMAIL_CHANGED ->
          updated(here, truth, email(person, "n" + random.nextInt(100_000) + "@new.example.edu"));
      case EMAIL_BLANKED -> updated(here, truth, email(person, " "));
      case LEAVE -> updated(person.job().equals("A"), truth, person.standing("L", person.types()));
      case RETURN -> updated(person.job().equals("L"), truth, person.standing("A", person.types()));
      case TERMINATION -> here ? Optional.of(terminated(truth)) : Optional.empty();
      case REHIRE -> here ? Optional.empty() : Optional.of(rehired(truth));
      case TYPE_CHANGED -> here ? types(truth, Set.of(any())) : Optional.empty();
      case TYPE_ADDED -> {
        Set<String> more = new TreeSet<>(person.types());
        more.add(any());
        yield here ? types(truth, more) : Optional.empty();
      }
    };
  }

  private String any() {
    return IdentityType.ALL.get(random.nextInt(IdentityType.ALL.size())).code();
  }

  private HrPerson email(HrPerson person, String address) {
    Map<String, String> emails = new TreeMap<>(person.emails());
    List<String> types = List.copyOf(emails.keySet());
    emails.put(types.get(random.nextInt(types.size())), address);
    return person.withEmails(emails);
  }

  private static Optional<Stepped> updated(boolean possible, HrTruth truth, HrPerson after) {
    return possible && !after.equals(truth.person())
        ? Optional.of(new Stepped(truth.moved(after, truth.state()), List.of(line(after, "USAU"))))
        : Optional.empty();
  }

  private static Stepped terminated(HrTruth truth) {
    HrPerson person = truth.person();
    HrPerson after = person.standing(person.job().isBlank() ? " " : "I", Set.of());
    List<RequestLine> lines = new ArrayList<>();
    for (String type : person.types()) {
      lines.add(new RequestLine(person.oprid(), "GRPR", IdentityType.of(type).group()));
    }
    lines.add(line(person, "USRD"));
    return new Stepped(truth.moved(after, HrTruth.ENDED), lines);
  }

  private Stepped rehired(HrTruth truth) {
    Set<String> types = Set.of(any());
    HrPerson person = truth.person();
    HrPerson after = person.standing(job(person.job(), types), types);
    return new Stepped(
        truth.moved(after, IdentityType.ACTIVE),
        List.of(line(after, "USRA"), line(after, "USAU"), line(after, "GRPA")));
  }

  private static Optional<Stepped> types(HrTruth truth, Set<String> types) {
    HrPerson person = truth.person();
    if (types.equals(person.types())) {
      return Optional.empty();
    }
    HrPerson after = person.standing(job(person.job(), types), types);
    IdentityType leading = IdentityType.leading(types).orElseThrow();
    boolean switchedOn =
        truth.state().equals(HrTruth.STAGED) && leading.initialState().equals(IdentityType.ACTIVE);
    List<RequestLine> lines = new ArrayList<>();
    lines.add(line(after, "USAU"));
    for (String type : person.types()) {
      if (!types.contains(type)) {
        lines.add(new RequestLine(person.oprid(), "GRPR", IdentityType.of(type).group()));
      }
    }
    lines.add(line(after, "GRPA"));
    if (switchedOn) {
      lines.add(line(after, "USRA"));
    }
    return Optional.of(
        new Stepped(truth.moved(after, switchedOn ? IdentityType.ACTIVE : truth.state()), lines));
  }

  /** Whoever holds an employee's type has a job; whoever holds none any more has left theirs. */
  private static String job(String before, Set<String> types) {
    boolean employed = types.stream().anyMatch(type -> IdentityType.of(type).employed());
    if (employed) {
      return before.equals("L") ? "L" : "A";
    }
    return before.isBlank() ? before : "I";
  }

  private static RequestLine line(HrPerson person, String action) {
    return new RequestLine(person.oprid(), action);
  }
}
