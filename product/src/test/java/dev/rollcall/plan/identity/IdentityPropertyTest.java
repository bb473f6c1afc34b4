package dev.rollcall.plan.identity;

import static dev.rollcall.plan.identity.Tenant.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.Status;
import dev.rollcall.model.Change;
import dev.rollcall.model.Line;
import dev.rollcall.model.LineAction;
import dev.rollcall.model.LineStatus;
import dev.rollcall.model.Match;
import dev.rollcall.plan.LinePlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whoever it is, and whatever account they have. */
final class IdentityPropertyTest {

  private static Tenant tenant(IdentitySettings settings, HrPerson before, Status status) {
    Tenant tenant = new Tenant(settings);
    tenant.apply(tenant.plan(before));
    tenant.accounts.replaceAll((id, account) ->
        new Account(id, status, account.attributes(), account.groups(), List.of()));
    return tenant;
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void whatIsAppliedIsNotChangedAgain(
      @ForAll("settings") IdentitySettings settings,
      @ForAll("people") HrPerson before,
      @ForAll("people") HrPerson now,
      @ForAll Status status) {
    Tenant tenant = tenant(settings, before, status);
    tenant.apply(tenant.plan(now));

    assertThat(tenant.plan(now).changes()).isEmpty();
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void noChangeIsWithoutAReasonAndEveryUpdateChangesSomething(
      @ForAll("settings") IdentitySettings settings,
      @ForAll("people") HrPerson before,
      @ForAll("people") HrPerson now,
      @ForAll Status status) {
    Tenant.Planned planned = tenant(settings, before, status).plan(now);

    assertThat(planned.changes())
        .allSatisfy(change -> {
          assertThat(change.reason()).isNotBlank();
          if (change instanceof Change.Update update) {
            assertThat(update.after().textOrNull()).isNotEqualTo(update.before());
            assertThat(update.origin().rule()).isNotBlank();
          }
        });
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void whatIsPlannedIsWhatIsWanted(
      @ForAll("settings") IdentitySettings settings,
      @ForAll("people") HrPerson before,
      @ForAll("people") HrPerson now,
      @ForAll Status status) {
    Tenant tenant = tenant(settings, before, status);
    Tenant.Planned planned = tenant.plan(now);
    if (planned.plan().stop() != null) {
      return;
    }
    Account after = tenant.planner.after(planned.found(), "00u0", planned.changes());

    assertThat(after.status()).isEqualTo(planned.plan().wanted().status());
    assertThat(after.groups()).isEqualTo(planned.plan().wanted().groups());
    planned
        .plan()
        .wanted()
        .attributes()
        .forEach((attribute, value) ->
            assertThat(text(after, attribute)).as(attribute).isEqualTo(value.textOrNull()));
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void whoCanUseTheAccountHasTheGroupsOfAllTypesThatCountAndNoOther(
      @ForAll("people") HrPerson before, @ForAll("people") HrPerson now) {
    Tenant tenant = tenant(IdentitySettings.shipped(), before, Status.ENABLED);
    Tenant.Planned planned = tenant.plan(now);
    boolean left = "I".equals(value(now, "HR_STATUS"));
    Set<String> groups =
        IdentityType.shipped().stream()
            .filter(type -> now.told() && now.types().contains(type.code()))
            .filter(type -> !left || type.code().equals("STUDENT"))
            .flatMap(type -> type.groups().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    if (planned.plan().stop() == null && !groups.isEmpty()) {
      assertThat(planned.plan().wanted().groups()).isEqualTo(groups);
    }
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void theFirstTypeThatCountsDecidesTheLogin(@ForAll("people") HrPerson person) {
    Tenant tenant = Tenant.shipped();
    tenant.apply(tenant.plan(person));
    if (tenant.accounts.isEmpty()) {
      return;
    }
    boolean left = "I".equals(value(person, "HR_STATUS"));
    IdentityType first =
        IdentityType.shipped().stream()
            .filter(type -> person.types().contains(type.code()))
            .filter(type -> !left || type.code().equals("STUDENT"))
            .findFirst()
            .orElseThrow();

    String login = Objects.requireNonNull(text(tenant.own(), "login"));
    switch (first.code()) {
      case "STUDENT" -> assertThat(login).endsWith("@student.univ.edu");
      case "ADJUNCT" -> assertThat(login).endsWith("-ADJ@univ.edu");
      case "CONTRACTOR" -> assertThat(login).endsWith("-CTR@univ.edu");
      default -> assertThat(login).matches("[^@]+(?<!-ADJ|-CTR)@univ\\.edu");
    }
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void nobodyIsDeactivatedWithoutProof(
      @ForAll("settings") IdentitySettings settings,
      @ForAll("people") HrPerson before,
      @ForAll("people") HrPerson now) {
    Tenant.Planned planned = tenant(settings, before, Status.ENABLED).plan(now);
    boolean proof = now.told() && now.complete();
    boolean onLeave = "L".equals(value(now, "HR_STATUS"));

    if (!proof && !(onLeave && settings.leave() == LeavePolicy.DEACTIVATE)) {
      assertThat(planned.changes()).noneMatch(Change.Deactivate.class::isInstance);
    }
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void theLoginOfAnAccountStaysUnlessItIsToFollow(
      @ForAll("people") HrPerson before, @ForAll("people") HrPerson now) {
    Tenant.Planned planned = tenant(IdentitySettings.shipped(), before, Status.ENABLED).plan(now);

    assertThat(planned.changes())
        .noneMatch(
            change -> change instanceof Change.Update update && update.attribute().equals("login"));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void whatNoRuleGivesIsNeverWritten(@ForAll("people") HrPerson person) {
    Map<String, Template> less = new LinkedHashMap<>(IdentitySettings.defaultAttributes());
    less.remove("displayName");
    Tenant.Planned planned = Settings.shipped().attributes(less).tenant().plan(person);

    assertThat(planned.plan().wanted().attributes()).doesNotContainKey("displayName");
    assertThat(planned.plan().origins()).doesNotContainKey("displayName");
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void aLineThatWasDoneHasNothingLeftToDo(
      @ForAll("settings") IdentitySettings settings,
      @ForAll("people") HrPerson before,
      @ForAll("people") HrPerson now,
      @ForAll Status status,
      @ForAll LineAction action,
      @ForAll("groups") String group) {
    Tenant tenant = tenant(settings, before, status);
    Tenant.Sought sought = tenant.seek(now.facts());
    Line line =
        new Line(
            new Line.Key("B", 1),
            HrPerson.SUBJECT,
            action.code(),
            group.isEmpty() ? null : group,
            null);
    LinePlan once =
        tenant.planner.plan(
            line, now.facts(), sought.wanted(), sought.match(), sought.found(), Tenant.TODAY);

    assertThat(once.status() == LineStatus.ERR).isEqualTo(once.plan().stop() != null);
    assertThat(once.status() == LineStatus.COMP).isEqualTo(once.text() == null);
    assertThat(once.plan().changes()).allMatch(change -> !change.reason().isBlank());
    if (once.plan().stop() == null) {
      Account after = tenant.planner.after(sought.found(), "00u0", once.plan().changes());
      LinePlan again =
          tenant.planner.plan(
              line,
              now.facts(),
              sought.wanted(),
              new Match.Linked("00u0", "linked"),
              after,
              Tenant.TODAY);
      // Memberships are not compared; joining or leaving twice does nothing.
      assertThat(again.plan().changes())
          .allMatch(
              change -> change instanceof Change.JoinGroup || change instanceof Change.LeaveGroup);
      assertThat(again.status()).isNotEqualTo(LineStatus.ERR);
    }
  }

  private static String value(HrPerson person, String field) {
    var value = person.fields().get(field);
    return value == null ? "" : String.valueOf(value.textOrNull());
  }

  @Provide
  Arbitrary<String> groups() {
    return Arbitraries.of("", "", "Staff General", "Adjunct Pool", "VPN", "Domain Admins");
  }

  @Provide
  Arbitrary<IdentitySettings> settings() {
    return Combinators.combine(
            Arbitraries.of(LeavePolicy.class),
            Arbitraries.of(true, false),
            Arbitraries.of(NameKind.class),
            Arbitraries.shuffle(IdentityType.shipped()))
        .as((leave, renaming, names, types) -> {
          Settings settings =
              Settings.shipped()
                  .leave(leave)
                  .loginNames(names)
                  .types(types)
                  .moreGroups(Set.of("VPN"));
          return (renaming ? settings.renaming() : settings).settings();
        });
  }

  @Provide
  Arbitrary<HrPerson> people() {
    Arbitrary<List<String>> types =
        Arbitraries.of("STUDENT", "STAFF", "FACULTY", "ADJUNCT", "CONTRACTOR", "ALUMNI")
            .set()
            .ofMaxSize(3)
            .map(ArrayList::new);
    Arbitrary<String> names =
        Arbitraries.frequencyOf(
            Tuple.of(
                4,
                Arbitraries.of(
                    "Jane", "José", "O'Brien", "van der Berg", "Иван", "Σοφία", "Nguyễn", "李")),
            Tuple.of(1, Arbitraries.of(" ", "𠮷", "x".repeat(70), "-", "Smith-Jones")),
            Tuple.of(1, Arbitraries.strings().ofMaxLength(8)));
    Arbitrary<String> emails =
        Arbitraries.of("a@x.example", "b@x.example", "b@x.example", " ", "at home");
    Arbitrary<HrPerson> named =
        Combinators.combine(names, names, names, names, Arbitraries.of("Q", " ", "Ж", "李"), types)
            .as((first, last, preferredFirst, preferredLast, middle, held) ->
                HrPerson.jane(held.toArray(String[]::new))
                    .with("FIRST_NAME", first)
                    .with("LAST_NAME", last)
                    .with("PREF_FIRST_NAME", preferredFirst)
                    .with("PREF_LAST_NAME", preferredLast)
                    .with("MIDDLE_NAME", middle));
    return Combinators.combine(
            named,
            emails,
            emails,
            Arbitraries.of("555-0100", "555-0199", " "),
            Arbitraries.of("A", "A", "A", "I", "L", " "),
            Arbitraries.of("EMAIL_HOME", "PHONE", "HR_STATUS", "PREF_FIRST_NAME", "", "", "", ""),
            Arbitraries.frequency(Tuple.of(8, "all"), Tuple.of(1, "more"), Tuple.of(1, "no word")))
        .as((person, home, business, phone, status, lacking, told) -> {
          HrPerson full =
              person
                  .with("EMAIL_HOME", home)
                  .with("EMAIL_BUSN", business)
                  .with("PHONE", phone)
                  .with("HR_STATUS", status)
                  .without(lacking);
          return switch (told) {
            case "more" -> full.andPerhapsMore();
            case "no word" -> full.withoutWord();
            default -> full;
          };
        });
  }
}
