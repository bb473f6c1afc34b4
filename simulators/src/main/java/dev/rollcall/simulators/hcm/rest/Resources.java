package dev.rollcall.simulators.hcm.rest;

import dev.rollcall.simulators.hcm.people.Location;
import dev.rollcall.simulators.hcm.people.Population;
import dev.rollcall.simulators.hcm.people.Worker;
import dev.rollcall.simulators.hcm.people.Worker.Address;
import dev.rollcall.simulators.hcm.people.Worker.Assignment;
import dev.rollcall.simulators.hcm.people.Worker.Citizenship;
import dev.rollcall.simulators.hcm.people.Worker.Email;
import dev.rollcall.simulators.hcm.people.Worker.Legislative;
import dev.rollcall.simulators.hcm.people.Worker.Name;
import dev.rollcall.simulators.hcm.people.Worker.Phone;
import dev.rollcall.simulators.hcm.people.Worker.Relationship;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The resources there are, with the keys of recorded and documented payloads in their order. Which
 * attributes can be queried is documented for few of them: stamps of the last update cannot be on
 * workers, and the usual of the others can be changed by a setting.
 */
final class Resources {
  private static final long GROUP = 300_000_000_000_201L;

  /** Somebody as the resource of employees shows them: everything on one level. */
  record Employee(
      Worker worker,
      Relationship relationship,
      Optional<Name> name,
      Optional<Address> address,
      Optional<Citizenship> citizenship,
      Optional<Legislative> legislative,
      LocalDate day) {
    Optional<Phone> phone(String type) {
      return worker.phones().stream()
          .filter(one -> one.type().equals(type) && Worker.within(one.from(), one.to(), day))
          .findFirst();
    }

    @Nullable String workEmail() {
      List<Email> work =
          worker.emails().stream()
              .filter(one ->
                  one.type().equals(Worker.WORK_EMAIL) && Worker.within(one.from(), one.to(), day))
              .toList();
      return work.stream()
          .filter(Email::primary)
          .findFirst()
          .or(() -> work.stream().findFirst())
          .map(Email::address)
          .orElse(null);
    }
  }

  /** One assignment of an employee as of a day. */
  record Placed(Relationship relationship, Assignment assignment) {}

  static final Resource<Name> NAMES =
      new Resource<Name>("names", (row, day) -> String.valueOf(row.id()))
          .number("PersonNameId", Name::id)
          .date("EffectiveStartDate", Name::from)
          .date("EffectiveEndDate", Name::to)
          .text("LegislationCode", Name::legislation)
          .text("LastName", Name::last)
          .text("FirstName", Name::first)
          .text("Title", Name::title)
          .empty("PreNameAdjunct", "Suffix")
          .text("MiddleNames", Name::middle)
          .empty("Honors")
          .text("KnownAs", Name::knownAs)
          .text("PreviousLastName", Name::previousLast)
          .text("DisplayName", Name::display)
          .unqueryable("FullName", Resources::fullName)
          .empty("MilitaryRank")
          .text("NameLanguage", row -> "US")
          .text("LocalFirstName", Name::first)
          .text("LocalLastName", Name::last)
          .text("LocalDisplayName", Name::display);

  static final Resource<Email> EMAILS =
      new Resource<Email>("emails", (row, day) -> String.valueOf(row.id()))
          .number("EmailAddressId", Email::id)
          .text("EmailType", Email::type)
          .text("EmailAddress", Email::address)
          .date("FromDate", Email::from)
          .date("ToDate", Email::to)
          .unqueryable("CreatedBy", row -> "HR_LOAD")
          .stamp("CreationDate", false, row -> row.from().atStartOfDay(ZoneOffset.UTC).toInstant())
          .unqueryable("LastUpdatedBy", row -> "HR_SPEC")
          .stamp("LastUpdateDate", false, Email::updated)
          .flag("PrimaryFlag", Email::primary);

  static final Resource<Phone> PHONES =
      new Resource<Phone>("phones", (row, day) -> String.valueOf(row.id()))
          .number("PhoneId", Phone::id)
          .text("PhoneType", Phone::type)
          .text("LegislationCode", Phone::legislation)
          .text("CountryCodeNumber", Phone::countryCode)
          .text("AreaCode", Phone::area)
          .text("PhoneNumber", Phone::number)
          .text("Extension", Phone::extension)
          .date("FromDate", Phone::from)
          .date("ToDate", Phone::to)
          .empty("Validity")
          .flag("PrimaryFlag", Phone::primary);

  static final Resource<Address> ADDRESSES =
      new Resource<Address>("addresses", (row, day) -> String.valueOf(row.id()))
          .number("AddressId", Address::id)
          .date("EffectiveStartDate", Address::from)
          .date("EffectiveEndDate", Address::to)
          .text("AddressLine1", Address::line1)
          .text("AddressLine2", Address::line2)
          .text("TownOrCity", Address::town)
          .text("Region1", Address::region1)
          .text("Region2", Address::region2)
          .empty("Region3")
          .text("Country", Address::country)
          .text("PostalCode", Address::postalCode)
          .empty("LongPostalCode")
          .number("PersonAddrUsageId", row -> row.id() + 1_000_000_000_000L)
          .text("AddressType", Address::type)
          .flag("PrimaryFlag", Address::primary);

  static final Resource<Citizenship> CITIZENSHIPS =
      new Resource<Citizenship>("citizenships", (row, day) -> String.valueOf(row.id()))
          .number("CitizenshipId", Citizenship::id)
          .text("Citizenship", Citizenship::country)
          .date("FromDate", Citizenship::from)
          .date("ToDate", Citizenship::to)
          .text("CitizenshipStatus", Citizenship::status);

  static final Resource<Legislative> LEGISLATION =
      new Resource<Legislative>("legislativeInfo", (row, day) -> String.valueOf(row.id()))
          .number("PersonLegislativeId", Legislative::id)
          .date("EffectiveStartDate", Legislative::from)
          .date("EffectiveEndDate", Legislative::to)
          .text("LegislationCode", Legislative::legislation)
          .text("Gender", Legislative::gender)
          .text("MaritalStatus", Legislative::marital)
          .empty("MaritalStatusChangeDate", "HighestEducationLevel")
          .text("MilitaryVetStatus", Legislative::militaryVet);

  static final Resource<Assignment> ASSIGNMENTS =
      new Resource<Assignment>("assignments", (row, day) -> String.valueOf(row.id()))
          .number("AssignmentId", Assignment::id)
          .text("AssignmentNumber", Assignment::number)
          .text("AssignmentName", Assignment::name)
          .text("ActionCode", Assignment::action)
          .text("ReasonCode", row -> row.action().equals("HIRE") ? "NEWHIRE" : null)
          .date("EffectiveStartDate", Assignment::from)
          .date("EffectiveEndDate", Assignment::to)
          .number("EffectiveSequence", row -> 1)
          .text("EffectiveLatestChange", row -> "Y")
          .number("BusinessUnitId", row -> GROUP)
          .text("BusinessUnitName", row -> "Sample BU")
          .text("AssignmentType", row -> row.number().substring(0, 1))
          .text(
              "AssignmentStatusTypeCode",
              row -> row.active() ? "ACTIVE_PROCESS" : "INACTIVE_PROCESS")
          .text("AssignmentStatusType", row -> row.active() ? "ACTIVE" : "INACTIVE")
          .text("SystemPersonType", Resources::personType)
          .text("UserPersonType", row -> personType(row).equals("EMP") ? "Employee" : "Worker")
          .flag("PrimaryFlag", Assignment::primary)
          .flag("PrimaryAssignmentFlag", Assignment::primary)
          .number("JobId", row -> GROUP + 400)
          .text("JobCode", row -> row.name().toUpperCase(Locale.ROOT).replace(" ", ""))
          .number("DepartmentId", Assignment::departmentId)
          .text("DepartmentName", Assignment::departmentName)
          .number("LocationId", Assignment::locationId)
          .text("LocationCode", row -> locationCode(row.locationId()))
          .flag("WorkAtHomeFlag", row -> false)
          .flag("ManagerFlag", row -> false);

  static final Resource<Relationship> RELATIONSHIPS =
      new Resource<Relationship>("workRelationships", (row, day) -> String.valueOf(row.id()))
          .number("PeriodOfServiceId", Relationship::id)
          .text("LegislationCode", Relationship::legislation)
          .number("LegalEntityId", Relationship::legalEntityId)
          .text("LegalEmployerName", Relationship::legalEmployer)
          .text("WorkerType", Relationship::type)
          .flag("PrimaryFlag", Relationship::primary)
          .date("StartDate", Relationship::start)
          .empty("LegalEmployerSeniorityDate", "EnterpriseSeniorityDate")
          .flag("OnMilitaryServiceFlag", row -> false)
          .empty("WorkerNumber", "ReadyToConvertFlag")
          .date("TerminationDate", Relationship::termination)
          .date("NotificationDate", Relationship::notified)
          .empty(
              "LastWorkingDate",
              "RevokeUserAccess",
              "RecommendedForRehire",
              "RecommendationReason",
              "RecommendationAuthorizedByPersonId")
          .unqueryable("CreatedBy", row -> "HR_LOAD")
          .stamp("CreationDate", false, row -> row.start().atStartOfDay(ZoneOffset.UTC).toInstant())
          .unqueryable("LastUpdatedBy", row -> "HR_SPEC")
          .stamp("LastUpdateDate", false, Relationship::updated)
          .empty("ProjectedTerminationDate")
          .child("assignments", (row, day) -> held(row.assignments(), day), ASSIGNMENTS);

  static final Resource<Worker> WORKERS =
      new Resource<Worker>("workers", (row, day) -> hash(day, row.personId(), 0))
          .number("PersonId", Worker::personId)
          .text("PersonNumber", Worker::personNumber)
          .empty("CorrespondenceLanguage", "BloodType")
          .date("DateOfBirth", Worker::dateOfBirth)
          .empty("DateOfDeath", "CountryOfBirth", "RegionOfBirth", "TownOfBirth", "ApplicantNumber")
          .unqueryable("CreatedBy", row -> "HR_LOAD")
          .stamp("CreationDate", false, Worker::created)
          .unqueryable("LastUpdatedBy", row -> "HR_SPEC")
          .stamp("LastUpdateDate", false, Worker::updated)
          .child("names", (row, day) -> held(row.names(), day), NAMES)
          .child("emails", (row, day) -> row.emails(), EMAILS)
          .child("phones", (row, day) -> row.phones(), PHONES)
          .child("addresses", (row, day) -> held(row.addresses(), day), ADDRESSES)
          .child("citizenships", (row, day) -> row.citizenships(), CITIZENSHIPS)
          .child("legislativeInfo", (row, day) -> held(row.legislation(), day), LEGISLATION)
          .child("workRelationships", Worker::begun, RELATIONSHIPS);

  static final Resource<Placed> PLACED =
      new Resource<Placed>("assignments", (row, day) -> String.valueOf(row.assignment().id()))
          .text("AssignmentName", row -> row.assignment().name())
          .number("PersonTypeId", row -> GROUP + 100)
          .empty("ProposedPersonTypeId", "ProjectedStartDate")
          .number("BusinessUnitId", row -> GROUP)
          .number("LocationId", row -> row.assignment().locationId())
          .number("JobId", row -> GROUP + 400)
          .empty("GradeId")
          .number("DepartmentId", row -> row.assignment().departmentId())
          .empty("WorkerCategory")
          .text("AssignmentCategory", row -> "FR")
          .text("WorkingAtHome", row -> "N")
          .text("WorkingAsManager", row -> "N")
          .empty("SalaryCode")
          .number("WorkingHours", row -> 40)
          .text("Frequency", row -> "W")
          .empty("StartTime", "EndTime", "SalaryAmount", "SalaryBasisId")
          .text("ActionCode", row -> row.assignment().action())
          .text("ActionReasonCode", row -> "NEWHIRE")
          .text("AssignmentStatus", row -> row.assignment().active() ? "ACTIVE" : "INACTIVE")
          .empty("WorkTaxAddressId")
          .number("AssignmentId", row -> row.assignment().id())
          .text("AssignmentNumber", row -> row.assignment().number())
          .number("LegalEntityId", row -> row.relationship().legalEntityId())
          .date("EffectiveStartDate", row -> row.assignment().from())
          .date("EffectiveEndDate", row -> row.assignment().to())
          .empty("PositionId")
          .number("ManagerId", row -> row.assignment().managerId())
          .number("ManagerAssignmentId", row -> row.assignment().managerId())
          .text("ManagerType", row -> row.assignment().managerId() == null ? null : "LINE_MANAGER")
          .date("OriginalHireDate", row -> row.relationship().start())
          .number("AssignmentStatusTypeId", row -> row.assignment().active() ? 1 : 3)
          .text("PrimaryAssignmentFlag", row -> yes(row.assignment().primary()))
          .date("ActualTerminationDate", row -> row.relationship().termination())
          .text("PrimaryWorkRelationFlag", row -> yes(row.relationship().primary()))
          .number("PeriodOfServiceId", row -> row.relationship().id())
          .text("FullPartTime", row -> "FULL_TIME")
          .text("RegularTemporary", row -> "R");

  static final Resource<Employee> EMPLOYEES =
      new Resource<Employee>(
              "emps",
              (row, day) ->
                  hash(
                      day,
                      row.worker().personId(),
                      row.citizenship().map(Citizenship::id).orElse(0L)))
          .text("Salutation", named(Name::title))
          .text("FirstName", named(Name::first))
          .text("MiddleName", named(Name::middle))
          .text("LastName", named(Name::last))
          .text("PreviousLastName", named(Name::previousLast))
          .empty("NameSuffix")
          .text("DisplayName", named(Name::display))
          .text("PreferredName", named(Name::knownAs))
          .empty("Honors")
          .text("CorrespondenceLanguage", row -> "US")
          .text("PersonNumber", row -> row.worker().personNumber())
          .text("WorkPhoneCountryCode", phoned("W1", Phone::countryCode))
          .text("WorkPhoneAreaCode", phoned("W1", Phone::area))
          .text("WorkPhoneNumber", phoned("W1", Phone::number))
          .text("WorkPhoneExtension", phoned("W1", Phone::extension))
          .text("WorkPhoneLegislationCode", phoned("W1", Phone::legislation))
          .empty(
              "WorkFaxCountryCode",
              "WorkFaxAreaCode",
              "WorkFaxNumber",
              "WorkFaxExtension",
              "WorkFaxLegislationCode")
          .text("WorkMobilePhoneCountryCode", phoned(Worker.WORK_MOBILE, Phone::countryCode))
          .text("WorkMobilePhoneAreaCode", phoned(Worker.WORK_MOBILE, Phone::area))
          .text("WorkMobilePhoneNumber", phoned(Worker.WORK_MOBILE, Phone::number))
          .text("WorkMobilePhoneExtension", phoned(Worker.WORK_MOBILE, Phone::extension))
          .text("WorkMobilePhoneLegislationCode", phoned(Worker.WORK_MOBILE, Phone::legislation))
          .text("HomePhoneCountryCode", phoned("H1", Phone::countryCode))
          .text("HomePhoneAreaCode", phoned("H1", Phone::area))
          .text("HomePhoneNumber", phoned("H1", Phone::number))
          .text("HomePhoneExtension", phoned("H1", Phone::extension))
          .text("HomePhoneLegislationCode", phoned("H1", Phone::legislation))
          .empty("HomeFaxCountryCode", "HomeFaxAreaCode", "HomeFaxNumber", "HomeFaxExtension")
          .text("WorkEmail", Employee::workEmail)
          .empty("HomeFaxLegislationCode")
          .text("AddressLine1", housed(Address::line1))
          .text("AddressLine2", housed(Address::line2))
          .empty("AddressLine3")
          .text("City", housed(Address::town))
          .text("Region", housed(Address::region1))
          .text("Region2", housed(Address::region2))
          .text("Country", housed(Address::country))
          .text("PostalCode", housed(Address::postalCode))
          .date("DateOfBirth", row -> row.worker().dateOfBirth())
          .empty("Ethnicity", "ProjectedTerminationDate")
          .number("LegalEntityId", row -> row.relationship().legalEntityId())
          .date("HireDate", row -> row.relationship().start())
          .date("TerminationDate", row -> row.relationship().termination())
          .text("Gender", ruled(Legislative::gender))
          .text("MaritalStatus", ruled(Legislative::marital))
          .empty(
              "NationalIdType",
              "NationalId",
              "NationalIdCountry",
              "NationalIdExpirationDate",
              "NationalIdPlaceOfIssue")
          .number("PersonId", row -> row.worker().personId())
          .date("EffectiveStartDate", named(Name::from))
          .text("UserName", row -> row.worker().userName())
          .number("CitizenshipId", of(Employee::citizenship, Citizenship::id))
          .text("CitizenshipStatus", of(Employee::citizenship, Citizenship::status))
          .text("CitizenshipLegislationCode", of(Employee::citizenship, Citizenship::country))
          .date("CitizenshipToDate", of(Employee::citizenship, Citizenship::to))
          .empty(
              "Religion",
              "ReligionId",
              "PassportIssueDate",
              "PassportNumber",
              "PassportIssuingCountry",
              "PassportId",
              "PassportExpirationDate",
              "LicenseNumber",
              "DriversLicenseExpirationDate",
              "DriversLicenseIssuingCountry",
              "DriversLicenseId")
          .text("MilitaryVetStatus", ruled(Legislative::militaryVet))
          .stamp("CreationDate", true, row -> row.worker().created())
          .stamp("LastUpdateDate", true, row -> row.worker().updated())
          .text("WorkerType", row -> row.relationship().type())
          .child("assignments", Resources::placed, PLACED);

  static final Resource<Location> LOCATIONS =
      new Resource<Location>("locations", (row, day) -> hash(day, row.id(), 0))
          .number("LocationId", Location::id)
          .date("EffectiveStartDate", Location::from)
          .date("EffectiveEndDate", Location::to)
          .number("SetId", row -> 0)
          .text("SetCode", row -> "COMMON")
          .text("SetName", row -> "Common Set")
          .text("LocationCode", row -> Location.code(row.id()))
          .text("LocationName", Location::name)
          .empty("Description")
          .text("ActiveStatus", row -> row.active() ? "A" : "I")
          .empty("TelephoneNumber1")
          .text("AddressLine1", Location::line1)
          .text("AddressLine2", Location::line2)
          .text("TownOrCity", Location::town)
          .text("Region1", Location::region1)
          .text("Region2", Location::region2)
          .text("Country", Location::country)
          .text("PostalCode", Location::postalCode)
          .unqueryable("SingleLineAddress", Resources::singleLine);

  private Resources() {}

  /** The workers that are shown as of a day. */
  static List<Worker> workers(Population population, LocalDate day) {
    return population.workers().stream().filter(one -> one.visible(day)).toList();
  }

  /**
   * The employees that are shown as of a day; several rows for whoever has several citizenships.
   */
  static List<Employee> employees(Population population, LocalDate day, boolean rowEach) {
    List<Employee> all = new ArrayList<>();
    for (Worker one : population.workers()) {
      employment(one, day)
          .ifPresent(relationship -> {
            Optional<Name> name = Worker.held(one.names(), day);
            Optional<Address> address =
                one.addresses().stream()
                    .filter(row -> row.type().equals("HOME") && row.holds(day))
                    .findFirst();
            Optional<Legislative> legislative =
                one.legislation().stream()
                    .filter(row ->
                        row.holds(day) && row.legislation().equals(relationship.legislation()))
                    .findFirst();
            List<Optional<Citizenship>> citizenships = new ArrayList<>();
            one.citizenships().forEach(row -> citizenships.add(Optional.of(row)));
            if (citizenships.isEmpty()) {
              citizenships.add(Optional.empty());
            }
            int rows = rowEach ? citizenships.size() : 1;
            for (Optional<Citizenship> each : citizenships.reversed().subList(0, rows)) {
              all.add(new Employee(one, relationship, name, address, each, legislative, day));
            }
          });
    }
    return all;
  }

  private static Optional<Relationship> employment(Worker worker, LocalDate day) {
    List<Relationship> employed =
        worker.begun(day).stream().filter(one -> one.type().equals("E")).toList();
    return employed.isEmpty() ? Optional.empty() : Worker.leading(employed, day);
  }

  static List<Location> locations(Population population, LocalDate day) {
    return held(population.locations(), day);
  }

  private static <T extends Worker.Dated> List<T> held(List<T> rows, LocalDate day) {
    return rows.stream().filter(one -> one.holds(day)).toList();
  }

  private static List<Placed> placed(Employee row, LocalDate day) {
    return held(row.relationship().assignments(), day).stream()
        .map(one -> new Placed(row.relationship(), one))
        .toList();
  }

  private static Attribute.Getter<Employee> named(Function<Name, @Nullable Object> value) {
    return of(Employee::name, value);
  }

  private static Attribute.Getter<Employee> housed(Function<Address, @Nullable Object> value) {
    return of(Employee::address, value);
  }

  private static Attribute.Getter<Employee> ruled(Function<Legislative, @Nullable Object> value) {
    return of(Employee::legislative, value);
  }

  private static Attribute.Getter<Employee> phoned(
      String type, Function<Phone, @Nullable Object> value) {
    return of(row -> row.phone(type), value);
  }

  private static <T> Attribute.Getter<Employee> of(
      Function<Employee, Optional<T>> part, Function<T, @Nullable Object> value) {
    return row -> {
      Optional<T> there = part.apply(row);
      return there.isPresent() ? value.apply(there.get()) : null;
    };
  }

  private static String yes(boolean flag) {
    return flag ? "Y" : "N";
  }

  private static String personType(Assignment row) {
    return switch (row.number().charAt(0)) {
      case 'C' -> "CWK";
      case 'N' -> "NONWKR";
      case 'P' -> "PWK";
      default -> "EMP";
    };
  }

  private static @Nullable String locationCode(@Nullable Long id) {
    return id == null ? null : Location.code(id);
  }

  private static String fullName(Name row) {
    return row.first() == null ? row.last() : row.last() + ", " + row.first();
  }

  private static String singleLine(Location row) {
    return row.line1() + ", " + row.town() + ", " + row.country();
  }

  /** A key as long and as meaningless as the real ones, with the day in it: nobody may keep it. */
  private static String hash(LocalDate day, long id, long other) {
    return "00020000000EACED0005%016X%016X%08X".formatted(id, other, day.toEpochDay());
  }

  /** The day that stands in the key of an item; empty where it is no such key. */
  static Optional<LocalDate> day(String key) {
    if (!key.matches("00020000000EACED0005[0-9A-F]{40}")) {
      return Optional.empty();
    }
    return Optional.of(LocalDate.ofEpochDay(Long.parseLong(key.substring(key.length() - 8), 16)));
  }
}
