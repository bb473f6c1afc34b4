package dev.rollcall.simulators.peoplesoft;

import dev.rollcall.simulators.http.BadCall;
import dev.rollcall.simulators.http.Call;
import dev.rollcall.simulators.http.ControlServer;
import dev.rollcall.simulators.http.Reply;
import dev.rollcall.simulators.peoplesoft.Campus.Draft;
import dev.rollcall.simulators.peoplesoft.broker.Contract;
import dev.rollcall.simulators.peoplesoft.broker.ContractStatus;
import dev.rollcall.simulators.peoplesoft.broker.Sender;
import dev.rollcall.simulators.peoplesoft.broker.Twist;
import dev.rollcall.simulators.peoplesoft.message.Action;
import dev.rollcall.simulators.peoplesoft.message.ConstituentSync;
import dev.rollcall.simulators.peoplesoft.message.Style;
import dev.rollcall.simulators.peoplesoft.population.ChangeKind;
import dev.rollcall.simulators.peoplesoft.population.Changed;
import dev.rollcall.simulators.peoplesoft.population.Expectation;
import dev.rollcall.simulators.peoplesoft.population.Person;
import dev.rollcall.simulators.peoplesoft.population.Population;
import dev.rollcall.simulators.state.Json;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;

/** The control calls about people: who there is, what should have come of it, what happens next. */
final class PeopleApi {
  private final PeopleSoft simulator;

  PeopleApi(PeopleSoft simulator) {
    this.simulator = simulator;
  }

  void routes(ControlServer server) {
    server.route("GET", "/_control/people", call -> Reply.ok(campus().people()));
    server.route("GET", "/_control/people/{emplid}", this::person);
    server.route("GET", "/_control/expected", this::expected);
    server.route("POST", "/_control/population", this::populate);
    server.route("POST", "/_control/publish", this::publish);
    server.route("POST", "/_control/play", this::play);
    server.route("GET", "/_control/play", call -> progress());
    server.route("POST", "/_control/person", this::change);
    server.route("POST", "/_control/delete", this::delete);
  }

  private Campus campus() {
    return simulator.campus();
  }

  private Reply person(Call call) {
    return Reply.ok(known(String.valueOf(call.path().get("emplid"))));
  }

  private Person known(String emplid) {
    return campus()
        .person(emplid)
        .orElseThrow(() -> new BadCall(404, "there is no person " + emplid));
  }

  private Reply expected(Call call) {
    LocalDate day = day(call);
    return Reply.ok(
        campus().people().stream()
            .filter(Person::published)
            .map(person -> Expectation.of(person, day))
            .toList());
  }

  private LocalDate day(Call call) {
    String date = call.query().get("date");
    try {
      return date == null ? campus().today() : LocalDate.parse(date);
    } catch (DateTimeParseException e) {
      throw new BadCall("'date' must look like 2026-09-01, not like " + date);
    }
  }

  private Reply populate(Call call) {
    call.only("people", "seed");
    List<Person> made =
        campus().populate(call.count("people", 10), call.number("seed", simulator.seed()));
    return Reply.ok(Map.of("people", made.stream().map(Person::emplid).toList()));
  }

  private Reply publish(Call call) {
    call.only(with(Dressing.keys(), "what", "count", "seed", "parallel"));
    Campus campus = campus();
    parallel(call, campus);
    long seed = call.number("seed", simulator.seed());
    RandomGenerator random = Population.random(seed, campus.lastContract());
    Registrar registrar = new Registrar(campus, Dressing.of(call), random);
    int count = call.count("count", Integer.MAX_VALUE);
    String what = call.required("what");
    List<Contract> made = new ArrayList<>();
    synchronized (campus) {
      if (what.equals("added")) {
        campus.people().stream()
            .filter(person -> !person.published())
            .limit(count)
            .forEach(person -> made.add(registrar.announce(person)));
      } else {
        Optional<ChangeKind> kind = what.equals("changes") ? Optional.empty() : kind(what);
        made.addAll(changes(registrar, kind, random, call.has("count") ? count : 1));
      }
    }
    return accepted(made);
  }

  /** Changes people drawn at random, as many as wanted or as can be found. */
  private List<Contract> changes(
      Registrar registrar, Optional<ChangeKind> kind, RandomGenerator random, int count) {
    List<Contract> made = new ArrayList<>();
    List<String> candidates = new ArrayList<>();
    for (Person person : campus().people()) {
      if (person.published() && !person.deleted()) {
        candidates.add(person.emplid());
      }
    }
    while (made.size() < count && !candidates.isEmpty()) {
      String emplid = candidates.get(random.nextInt(candidates.size()));
      Optional<Contract> contract = registrar.change(known(emplid), kind);
      contract.ifPresent(made::add);
      if (contract.isEmpty() || known(emplid).deleted()) {
        candidates.remove(emplid);
      }
    }
    return made;
  }

  private static Optional<ChangeKind> kind(String what) {
    try {
      return Optional.of(Json.MAPPER.convertValue(what, ChangeKind.class));
    } catch (JacksonException e) {
      throw new BadCall("'what' is added, changes, or one of: " + e.getOriginalMessage());
    }
  }

  private Reply play(Call call) {
    call.only(with(Dressing.keys(), "people", "changes", "seed", "outOfOrder", "parallel"));
    Campus campus = campus();
    Play play =
        new Play(
            call.count("people", 20),
            call.count("changes", 60),
            call.number("seed", simulator.seed()),
            call.fraction("outOfOrder", 0),
            Dressing.of(call));
    parallel(call, campus);
    Entry.Played begun =
        campus.beginPlay().orElseThrow(() -> new BadCall(409, "a play is still being published"));
    Thread.startVirtualThread(() -> run(play, campus, begun));
    return Reply.accepted(Map.of("id", begun.id()));
  }

  private void run(Play play, Campus campus, Entry.Played begun) {
    Optional<String> failure = Optional.empty();
    try {
      play.run(campus);
    } catch (RuntimeException e) {
      failure = Optional.of(e.toString());
    }
    campus.endPlay(begun, failure);
  }

  private Reply progress() {
    Campus campus = campus();
    Optional<Entry.Played> play = campus.played();
    Map<ContractStatus, Integer> counts =
        campus.broker().counts(play.map(Entry.Played::firstContract).orElse(Long.MAX_VALUE));
    boolean open =
        Set.of(ContractStatus.NEW, ContractStatus.WORKING, ContractStatus.RETRY).stream()
            .anyMatch(status -> counts.getOrDefault(status, 0) > 0);
    Map<String, Object> progress = new LinkedHashMap<>();
    progress.put("id", play.map(Entry.Played::id).orElse(0L));
    progress.put("running", open || play.map(begun -> !begun.complete()).orElse(false));
    progress.put("contracts", counts);
    play.flatMap(Entry.Played::failure).ifPresent(why -> progress.put("failure", why));
    return Reply.ok(progress);
  }

  private Reply change(Call call) {
    call.only(with(PersonForm.KEYS, "style", "root", "originals", "twists"));
    Campus campus = campus();
    Style style = call.value("style", Style.class, Style.CHANGED);
    synchronized (campus) {
      Person before =
          campus.person(call.required("emplid")).orElseGet(() -> PersonForm.unknown(call));
      Changed change = PersonForm.read(call, before);
      boolean added = !before.published() || before.deleted();
      ConstituentSync message =
          switch (call.text("root").orElse(added ? "A" : "C")) {
            case "A" -> ConstituentSync.added(change.after(), style, false);
            case "EMPTY" -> ConstituentSync.added(change.after(), style, true);
            case "C" ->
                ConstituentSync.changed(before, change, style, call.flag("originals", false));
            case String other -> throw new BadCall("'root' is A, EMPTY or C, not " + other);
          };
      // Said to be a change, the person was not announced: nobody can be expected to know them.
      boolean announced = message.root() != Action.CHANGED;
      Person truth = announced ? change.after().asPublished() : change.after();
      return publish(call, truth, message);
    }
  }

  private Reply delete(Call call) {
    call.only("emplid", "style", "twists");
    Campus campus = campus();
    synchronized (campus) {
      Person person = known(call.required("emplid")).asDeleted();
      Style style = call.value("style", Style.class, Style.CHANGED);
      return publish(call, person, ConstituentSync.deleted(person, style));
    }
  }

  private Reply publish(Call call, Person person, ConstituentSync message) {
    Set<Twist> twists = Set.of(call.value("twists", Twist[].class, new Twist[0]));
    Contract contract =
        campus().publish(person, List.of(new Draft(message, twists)), false).getFirst();
    return Reply.accepted(
        Map.of(
            "contract", contract.id(),
            "emplid", contract.emplid(),
            "transactionId", contract.transactionId(),
            "body", Sender.body(contract, twists)));
  }

  private static Reply accepted(List<Contract> made) {
    return Reply.accepted(Map.of("contracts", made.stream().map(Contract::id).toList()));
  }

  private static void parallel(Call call, Campus campus) {
    if (call.has("parallel")) {
      int parallel = Math.max(1, call.count("parallel", 1));
      campus.settle(campus.broker().settings().withParallel(parallel));
    }
  }

  private static Set<String> with(Set<String> keys, String... more) {
    Set<String> all = new HashSet<>(keys);
    all.addAll(List.of(more));
    return all;
  }
}
