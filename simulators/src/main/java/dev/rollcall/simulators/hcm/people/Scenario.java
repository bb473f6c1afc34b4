package dev.rollcall.simulators.hcm.people;

import dev.rollcall.simulators.hcm.people.Worker.Address;
import dev.rollcall.simulators.hcm.people.Worker.Assignment;
import dev.rollcall.simulators.hcm.people.Worker.Email;
import dev.rollcall.simulators.hcm.people.Worker.Legislative;
import dev.rollcall.simulators.hcm.people.Worker.Name;
import dev.rollcall.simulators.hcm.people.Worker.Phone;
import dev.rollcall.simulators.hcm.people.Worker.Relationship;
import dev.rollcall.simulators.http.BadCall;
import dev.rollcall.simulators.http.Call;
import dev.rollcall.simulators.peoplesoft.population.NamePool;
import dev.rollcall.simulators.state.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.EnumNamingStrategies.LowerCamelCaseStrategy;
import tools.jackson.databind.annotation.EnumNaming;
import tools.jackson.databind.node.ObjectNode;

/**
 * What can happen to a population. Each act is a pure step from one population to the next, decided
 * by its own words, its seed and the day, so that a ledger of acts is enough to come to the same
 * people again.
 */
public final class Scenario {
  /** What comes of an act: the people afterwards, and whom it was about. */
  public record Done(Population after, List<String> people) {}

  /** The acts, by the names of their control calls. */
  @EnumNaming(LowerCamelCaseStrategy.class)
  public enum Act {
    FILL,
    HIRE,
    CHANGE,
    TERMINATE,
    REVERSE,
    REHIRE,
    TRANSFER,
    RELATE,
    CANCEL,
    DELETE,
    DRIFT,
    WORKER,
    LOCATION
  }

  /** What can change about somebody who stays. */
  @EnumNaming(LowerCamelCaseStrategy.class)
  enum Kind {
    LAST_NAME,
    FUTURE_LAST_NAME,
    EMAIL,
    EMAIL_REMOVED,
    MOBILE,
    MOBILE_REMOVED,
    ADDRESS,
    MARITAL_STATUS,
    DEPARTMENT,
    LOCATION,
    USER_NAME
  }

  private static final List<Kind> USUAL =
      List.of(
          Kind.LAST_NAME,
          Kind.EMAIL,
          Kind.MOBILE,
          Kind.ADDRESS,
          Kind.MARITAL_STATUS,
          Kind.DEPARTMENT,
          Kind.LOCATION);

  private static final Set<Trait> HIRED_AS = EnumSet.of(Trait.CONTINGENT, Trait.PENDING);

  private final Population before;
  private final Call call;
  private final Instant now;
  private final LocalDate today;
  private final RandomGenerator random;

  private Scenario(Population before, Call call, Instant now, LocalDate today) {
    this.before = before;
    this.call = call;
    this.now = now;
    this.today = today;
    random = new Random(call.number("seed", 7));
  }

  /**
   * Lets something happen.
   *
   * @param call the act's own words; the seed in it decides what is drawn
   * @param today in the simulator's zone
   * @throws BadCall where it cannot happen, or cannot be understood
   */
  public static Done happen(Act act, Population before, Call call, Instant now, LocalDate today) {
    Scenario scenario = new Scenario(before, call, now, today);
    return switch (act) {
      case FILL -> scenario.fill();
      case HIRE -> scenario.hire();
      case CHANGE -> scenario.change();
      case TERMINATE -> scenario.terminate();
      case REVERSE -> scenario.reverse();
      case REHIRE -> scenario.rehire();
      case TRANSFER -> scenario.transfer();
      case RELATE -> scenario.relate();
      case CANCEL -> scenario.cancel();
      case DELETE -> scenario.delete();
      case DRIFT -> scenario.drift();
      case WORKER -> scenario.worker();
      case LOCATION -> scenario.location();
    };
  }

  private Done fill() {
    call.only("people", "seed", "plain", "mix", "within");
    Map<Trait, Double> mix = new EnumMap<>(Trait.class);
    if (!call.flag("plain", false)) {
      mix.putAll(Trait.usual());
    }
    if (call.has("mix")) {
      call.body()
          .path("mix")
          .forEachEntry((name, share) -> {
            Trait trait = trait(name);
            if (!share.isNumber() || share.asDouble() < 0 || share.asDouble() > 1) {
              throw new BadCall("'mix' has fractions from 0 to 1");
            }
            mix.put(trait, share.asDouble());
          });
    }
    List<Integer> serials = serials(call.count("people", 100));
    Maker maker = maker();
    List<Worker> made = new ArrayList<>(serials.size());
    Optional<String> last = Optional.empty();
    for (int serial : serials) {
      Set<Trait> traits = maker.draw(mix);
      Optional<String> shared = traits.contains(Trait.SHARED_EMAIL) ? last : Optional.empty();
      Worker one =
          maker.make(
              Maker.personId(serial), Maker.personNumber(serial), traits, shared, Optional.empty());
      if (!one.emails().isEmpty()) {
        last = Optional.of(one.emails().getLast().address());
      }
      made.add(one);
    }
    Population located = before.locations().isEmpty() ? before.at(Maker.locations(today)) : before;
    return new Done(located.with(made, counted(serials)), List.of());
  }

  /** The next ones who can be made without taking anybody's number or id. */
  private List<Integer> serials(int people) {
    Set<Long> taken = new HashSet<>();
    before.workers().forEach(one -> taken.add(one.personId()));
    List<Integer> serials = new ArrayList<>(people);
    for (int serial = before.serial(); serials.size() < people; serial++) {
      if (!taken.contains(Maker.personId(serial))
          && before.find(Maker.personNumber(serial)).isEmpty()) {
        serials.add(serial);
      }
    }
    return serials;
  }

  /** How far the count of people goes on when these are made. */
  private int counted(List<Integer> serials) {
    return serials.isEmpty() ? 0 : serials.getLast() + 1 - before.serial();
  }

  private static Trait trait(String name) {
    try {
      return Json.MAPPER.convertValue(name, Trait.class);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new BadCall("'mix' knows no '" + name + "'");
    }
  }

  private Maker maker() {
    return new Maker(today, now, random, call.count("within", 10));
  }

  private Done hire() {
    call.only("people", "seed", "date", "inDays", "traits");
    Set<Trait> traits = Set.of(call.value("traits", Trait[].class, new Trait[0]));
    List<Integer> serials = serials(call.count("people", 1));
    if (traits.stream().anyMatch(one -> one.relation() && !HIRED_AS.contains(one))) {
      throw new BadCall("nobody is hired as other than " + HIRED_AS + " of the relations");
    }
    LocalDate day = day(0);
    Maker maker = maker();
    List<Worker> made = new ArrayList<>();
    for (int serial : serials) {
      made.add(
          maker.make(
              Maker.personId(serial),
              Maker.personNumber(serial),
              traits,
              Optional.empty(),
              Optional.of(day)));
    }
    Population located = before.locations().isEmpty() ? before.at(Maker.locations(today)) : before;
    return new Done(located.with(made, counted(serials)), numbers(made));
  }

  private Done change() {
    call.only("people", "personNumber", "personNumbers", "seed", "what", "value", "date", "inDays");
    List<Worker> changed = new ArrayList<>();
    for (Worker one : chosen(worker -> !worker.current(today).isEmpty())) {
      Kind kind = call.value("what", Kind.class, USUAL.get(random.nextInt(USUAL.size())));
      changed.add(changed(one, kind));
    }
    return done(changed);
  }

  private Worker changed(Worker one, Kind kind) {
    return switch (kind) {
      case LAST_NAME -> renamed(one, day(0));
      case FUTURE_LAST_NAME -> renamed(one, day(10));
      case EMAIL -> mailed(one);
      case EMAIL_REMOVED ->
          one.withEmails(
              one.emails().stream()
                  .filter(email -> !email.type().equals(Worker.WORK_EMAIL))
                  .toList());
      case MOBILE -> phoned(one);
      case MOBILE_REMOVED ->
          one.withPhones(
              one.phones().stream()
                  .filter(phone -> !phone.type().equals(Worker.WORK_MOBILE))
                  .toList());
      case ADDRESS -> moved(one);
      case MARITAL_STATUS ->
          one.withLegislation(one.legislation().stream().map(this::married).toList());
      case DEPARTMENT ->
          assigned(one, row -> row.in(number(row.departmentId() + 1), "Another Department"));
      case LOCATION ->
          assigned(one, row -> row.at(number(Location.FIRST + random.nextInt(Maker.LOCATIONS))));
      case USER_NAME ->
          one.called(call.text("value").orElse("login." + one.personNumber())).touched(now);
    };
  }

  private long number(long drawn) {
    return call.number("value", drawn);
  }

  private Worker renamed(Worker one, LocalDate from) {
    Name present = Worker.held(one.names(), from).orElseGet(() -> one.names().getLast());
    String last = call.text("value").orElseGet(() -> NamePool.otherLast(present.last(), random));
    List<Name> names = new ArrayList<>();
    for (Name row : one.names()) {
      if (row.from().isBefore(from)) {
        names.add(row.to().isBefore(from) ? row : Maker.until(row, from.minusDays(1)));
      }
    }
    names.add(
        Maker.name(
            present.id() + (present.from().equals(from) ? 0 : 1),
            from,
            present.legislation(),
            present.first(),
            present.middle(),
            last,
            present.last()));
    return one.withNames(names);
  }

  private Worker mailed(Worker one) {
    List<Email> emails =
        new ArrayList<>(
            one.emails().stream()
                .filter(email -> !email.type().equals(Worker.WORK_EMAIL) || email.to() != null)
                .toList());
    String address =
        call.text("value")
            .orElse("new." + one.personNumber() + "." + random.nextInt(10_000) + "@corp.example");
    long id =
        Maker.child(one.personId(), 2, 10)
            + one.emails().stream().mapToLong(Email::id).max().orElse(0) % 80;
    emails.add(new Email(id, Worker.WORK_EMAIL, address, today, null, true, now));
    return one.withEmails(emails);
  }

  private Worker phoned(Worker one) {
    List<Phone> phones =
        new ArrayList<>(
            one.phones().stream()
                .filter(phone -> !phone.type().equals(Worker.WORK_MOBILE))
                .toList());
    String number = call.text("value").orElseGet(() -> "02" + (10_000 + random.nextInt(80_000)));
    phones.add(
        new Phone(
            Maker.child(one.personId(), 3, 2),
            Worker.WORK_MOBILE,
            "US",
            "1",
            "555",
            number,
            null,
            today,
            null,
            phones.isEmpty()));
    return one.withPhones(phones);
  }

  private Worker moved(Worker one) {
    String postal = call.text("value").orElseGet(() -> "%05d".formatted(random.nextInt(99_999)));
    String country = one.addresses().isEmpty() ? "US" : one.addresses().getLast().country();
    List<Address> rows = new ArrayList<>();
    for (Address row : one.addresses()) {
      if (row.from().isBefore(today)) {
        rows.add(
            new Address(
                row.id(),
                row.from(),
                today.minusDays(1),
                row.type(),
                row.line1(),
                row.line2(),
                row.town(),
                row.region1(),
                row.region2(),
                row.country(),
                row.postalCode(),
                row.primary()));
      }
    }
    rows.add(
        new Address(
            Maker.child(one.personId(), 4, 1),
            today,
            Worker.OPEN,
            "HOME",
            random.nextInt(300) + " Moved Street",
            null,
            "Springfield",
            null,
            null,
            country,
            postal,
            true));
    return one.withAddresses(rows);
  }

  private Legislative married(Legislative row) {
    String marital = call.text("value").orElseGet(() -> "M".equals(row.marital()) ? "D" : "M");
    return new Legislative(
        row.id(),
        row.from(),
        row.to(),
        row.legislation(),
        row.gender(),
        marital,
        row.militaryVet());
  }

  /** A new row of the leading assignment, from the day on. */
  private Worker assigned(Worker one, UnaryOperator<Assignment> change) {
    LocalDate from = day(0);
    Relationship leading = one.leading(from).orElseThrow(() -> nothing(one, "has not begun"));
    List<Assignment> rows = new ArrayList<>();
    for (Assignment row : leading.assignments()) {
      if (!row.holds(from)) {
        rows.add(row);
      } else if (row.from().equals(from)) {
        rows.add(change.apply(row));
      } else {
        rows.add(row.until(from.minusDays(1)));
        Assignment next = change.apply(row.since(from, "ASG_CHANGE", row.active()));
        rows.add(row.to().equals(Worker.OPEN) ? next : next.until(row.to()));
      }
    }
    return replaced(one, leading, leading.with(rows, now));
  }

  private Done terminate() {
    call.only("people", "personNumber", "personNumbers", "seed", "date", "inDays");
    LocalDate last = day(-1);
    List<Worker> changed = new ArrayList<>();
    for (Worker one : chosen(worker -> terminable(worker, last))) {
      if (!terminable(one, last)) {
        throw nothing(one, "has no work relationship without a last day that began before " + last);
      }
      List<Relationship> all = new ArrayList<>();
      for (Relationship each : one.relationships()) {
        boolean ends = each.termination() == null && !each.start().isAfter(last);
        all.add(ends ? Maker.ended(each, last, today, now) : each);
      }
      changed.add(one.withRelationships(all).touched(now));
    }
    return done(changed);
  }

  private static boolean terminable(Worker one, LocalDate last) {
    return one.relationships().stream()
        .anyMatch(each -> each.termination() == null && !each.start().isAfter(last));
  }

  /** Takes terminations back, or corrects their day where one is named. */
  private Done reverse() {
    call.only("people", "personNumber", "personNumbers", "seed", "date");
    Optional<LocalDate> other =
        call.has("date") ? Optional.of(call.value("date", LocalDate.class)) : Optional.empty();
    List<Worker> changed = new ArrayList<>();
    for (Worker one : chosen(Scenario::terminated)) {
      if (!terminated(one)) {
        throw nothing(one, "has no termination");
      }
      Relationship latest =
          one.relationships().stream()
              .filter(each -> each.termination() != null)
              .max(Comparator.comparing(Relationship::start))
              .orElseThrow();
      Relationship open = Maker.reversed(latest, now);
      Relationship corrected = other.map(day -> Maker.ended(open, day, today, now)).orElse(open);
      changed.add(replaced(one, latest, corrected));
    }
    return done(changed);
  }

  private static boolean terminated(Worker one) {
    return one.relationships().stream().anyMatch(each -> each.termination() != null);
  }

  private Done rehire() {
    call.only("people", "personNumber", "personNumbers", "seed", "date", "inDays");
    LocalDate from = day(0);
    List<Worker> changed = new ArrayList<>();
    for (Worker one : chosen(worker -> over(worker, from))) {
      if (!over(one, from)) {
        throw nothing(one, "is still at work on " + from);
      }
      List<Relationship> all = new ArrayList<>();
      one.relationships().forEach(each -> all.add(each.with(false, each.updated())));
      all.add(maker().relationship(one, true, "E", from, false));
      changed.add(one.withRelationships(all).touched(now));
    }
    return done(changed);
  }

  private static boolean over(Worker one, LocalDate from) {
    return one.relationships().stream()
        .allMatch(each -> each.termination() != null && each.termination().isBefore(from));
  }

  /** Ends the leading relationship the day before and begins one with another legal employer. */
  private Done transfer() {
    call.only("people", "personNumber", "personNumbers", "seed", "date", "inDays");
    LocalDate from = day(0);
    List<Worker> changed = new ArrayList<>();
    for (Worker one : chosen(worker -> worker.current(from).size() == 1)) {
      if (one.current(from).isEmpty()) {
        throw nothing(one, "is not at work on " + from);
      }
      Relationship leading = one.leading(from).orElseThrow(() -> nothing(one, "has not begun"));
      Relationship ended = Maker.ended(leading, from.minusDays(1), today, now).with(false, now);
      List<Relationship> all = new ArrayList<>(replaced(one, leading, ended).relationships());
      all.add(maker().relationship(one, true, leading.type(), from, true));
      changed.add(one.withRelationships(all).touched(now));
    }
    return done(changed);
  }

  /** Begins a second relationship beside the one there is. */
  private Done relate() {
    call.only("people", "personNumber", "personNumbers", "seed", "date", "inDays");
    List<Worker> changed = new ArrayList<>();
    for (Worker one : chosen(worker -> worker.current(today).size() == 1)) {
      List<Relationship> all = new ArrayList<>(one.relationships());
      all.add(maker().relationship(one, false, "E", day(0), true));
      changed.add(one.withRelationships(all));
    }
    return done(changed);
  }

  /** Takes the newest relationship away as if it had never been; the last one takes the person. */
  private Done cancel() {
    call.only("people", "personNumber", "personNumbers", "seed");
    List<Worker> changed = new ArrayList<>();
    Set<Long> gone = new HashSet<>();
    List<Worker> some = chosen(worker -> !worker.current(today).isEmpty());
    for (Worker one : some) {
      Relationship newest =
          one.relationships().stream()
              .max(Comparator.comparing(Relationship::start))
              .orElseThrow(() -> nothing(one, "has no work relationship"));
      List<Relationship> left =
          one.relationships().stream().filter(each -> each.id() != newest.id()).toList();
      if (left.isEmpty()) {
        gone.add(one.personId());
      } else {
        changed.add(one.withRelationships(left).touched(now));
      }
    }
    return new Done(before.with(changed, 0).without(gone), numbers(some));
  }

  private Done delete() {
    call.only("people", "personNumber", "personNumbers", "seed");
    List<Worker> some = chosen(worker -> true);
    Set<Long> gone = new HashSet<>();
    some.forEach(one -> gone.add(one.personId()));
    return new Done(before.without(gone), numbers(some));
  }

  /** Shifts the rows below a person: makes people who sort before them, deletes others there. */
  private Done drift() {
    call.only("insert", "delete", "below", "seed");
    long below = call.number("below", Long.MAX_VALUE);
    List<Worker> there = before.workers().stream().filter(one -> one.personId() < below).toList();
    List<Worker> victims = drawn(there, Math.min(there.size(), call.count("delete", 0)));
    Set<Long> gone = new HashSet<>();
    victims.forEach(one -> gone.add(one.personId()));
    Set<Long> taken = new HashSet<>();
    before.workers().forEach(one -> taken.add(one.personId()));
    long top = there.isEmpty() ? Maker.personId(before.serial()) : there.getLast().personId();
    Maker maker = maker();
    List<Worker> made = new ArrayList<>();
    int insert = call.count("insert", 0);
    List<Integer> serials = serials(insert);
    for (int serial : serials) {
      long personId = Maker.BASE + 1_000 + random.nextLong(Math.max(1, top - Maker.BASE - 1_000));
      while (!taken.add(personId)) {
        personId++;
      }
      made.add(
          maker.make(
              personId,
              Maker.personNumber(serial),
              Set.of(),
              Optional.empty(),
              Optional.of(today.minusDays(1 + random.nextInt(500)))));
    }
    List<Worker> both = new ArrayList<>(made);
    both.addAll(victims);
    return new Done(before.without(gone).with(made, counted(serials)), numbers(both));
  }

  /** Makes or changes one person exactly: each key replaces what there was. */
  private Done worker() {
    ObjectNode body = call.body().deepCopy();
    body.remove("seed");
    Optional<Worker> known = call.text("personNumber").flatMap(before::find);
    List<Integer> serials = known.isPresent() ? List.of() : serials(1);
    Worker like =
        known.orElseGet(() ->
            maker()
                .make(
                    Maker.personId(serials.getFirst()),
                    Maker.personNumber(serials.getFirst()),
                    Set.of(),
                    Optional.empty(),
                    Optional.empty()));
    ObjectNode merged = Json.MAPPER.valueToTree(like);
    body.forEachEntry(merged::set);
    Worker exact;
    try {
      exact = Json.MAPPER.treeToValue(merged, Worker.class);
    } catch (JacksonException e) {
      throw new BadCall("the person is not valid: " + e.getOriginalMessage());
    }
    if (exact.names().isEmpty() || exact.relationships().isEmpty()) {
      throw new BadCall("a person has a name and a work relationship");
    }
    boolean other =
        before.workers().stream()
            .anyMatch(one ->
                one.personId() == exact.personId()
                    && !one.personNumber().equals(exact.personNumber()));
    if (other) {
      throw new BadCall("'personId' is somebody else's");
    }
    Population base = known.map(one -> before.without(Set.of(one.personId()))).orElse(before);
    return new Done(base.with(List.of(exact), counted(serials)), List.of(exact.personNumber()));
  }

  /** Makes or changes one location, or takes it away. */
  private Done location() {
    call.only("id", "name", "active", "from", "gone", "seed");
    long id = call.value("id", Long.class);
    List<Location> all = new ArrayList<>(before.locations());
    Optional<Location> known = all.stream().filter(one -> one.id() == id).findFirst();
    all.removeIf(one -> one.id() == id);
    if (!call.flag("gone", false)) {
      Location like = known.orElseGet(() -> Maker.locations(today).getFirst());
      all.add(
          new Location(
              id,
              call.value("from", LocalDate.class, like.from()),
              Worker.OPEN,
              call.text("name").orElse(like.name()),
              call.flag("active", true),
              like.line1(),
              like.line2(),
              like.town(),
              like.region1(),
              like.region2(),
              like.country(),
              like.postalCode()));
    }
    return new Done(before.at(all), List.of());
  }

  /** Those named in the call, else as many as it asks for of those who fit. */
  private List<Worker> chosen(Predicate<Worker> fits) {
    if (call.has("personNumber")) {
      return List.of(known(call.required("personNumber")));
    }
    if (call.has("personNumbers")) {
      List<Worker> all = new ArrayList<>();
      for (String number : call.value("personNumbers", String[].class)) {
        all.add(known(number));
      }
      return all;
    }
    int people = call.count("people", 1);
    List<Worker> there = before.workers().stream().filter(fits).toList();
    if (there.size() < people) {
      throw new BadCall(409, "only " + there.size() + " people fit");
    }
    return drawn(there, people);
  }

  private List<Worker> drawn(List<Worker> from, int count) {
    List<Worker> left = new ArrayList<>(from);
    List<Worker> drawn = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int at = random.nextInt(left.size());
      drawn.add(left.get(at));
      Worker last = left.removeLast();
      if (at < left.size()) {
        left.set(at, last);
      }
    }
    return drawn;
  }

  private Worker known(String number) {
    return before.find(number).orElseThrow(() -> new BadCall(404, "there is no person " + number));
  }

  private LocalDate day(int inDays) {
    return call.value("date", LocalDate.class, today.plusDays(call.number("inDays", inDays)));
  }

  private static Worker replaced(Worker one, Relationship old, Relationship other) {
    return one.withRelationships(
        one.relationships().stream().map(each -> each.id() == old.id() ? other : each).toList());
  }

  private Done done(List<Worker> changed) {
    return new Done(before.with(changed, 0), numbers(changed));
  }

  private static List<String> numbers(List<Worker> some) {
    return some.stream().map(Worker::personNumber).toList();
  }

  private static BadCall nothing(Worker one, @Nullable String why) {
    return new BadCall(409, one.personNumber() + " " + why);
  }
}
