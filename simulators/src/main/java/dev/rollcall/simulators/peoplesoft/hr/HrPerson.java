package dev.rollcall.simulators.peoplesoft.hr;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What HR holds about one person today.
 *
 * @param middle blank when there is none, as the preferred names are
 * @param emails addresses by type; blank ones occur
 * @param preferredEmail which type is preferred; blank for none
 * @param phone blank when there is none
 * @param job A at work, L on leave, I has left; blank for somebody who never had a job
 * @param types the identity types held
 */
record HrPerson(
    String oprid,
    String emplid,
    String first,
    String middle,
    String last,
    String preferredFirst,
    String preferredLast,
    Map<String, String> emails,
    String preferredEmail,
    String phone,
    String job,
    Set<String> types) {

  HrPerson {
    emails = new TreeMap<>(emails);
    types = new TreeSet<>(types);
  }

  HrPerson named(String newFirst, String newLast) {
    return new HrPerson(
        oprid,
        emplid,
        newFirst,
        middle,
        newLast,
        preferredFirst,
        preferredLast,
        emails,
        preferredEmail,
        phone,
        job,
        types);
  }

  HrPerson preferring(String newFirst, String newLast) {
    return new HrPerson(
        oprid,
        emplid,
        first,
        middle,
        last,
        newFirst,
        newLast,
        emails,
        preferredEmail,
        phone,
        job,
        types);
  }

  HrPerson withEmails(Map<String, String> other) {
    return new HrPerson(
        oprid,
        emplid,
        first,
        middle,
        last,
        preferredFirst,
        preferredLast,
        other,
        preferredEmail,
        phone,
        job,
        types);
  }

  HrPerson standing(String newJob, Set<String> newTypes) {
    return new HrPerson(
        oprid,
        emplid,
        first,
        middle,
        last,
        preferredFirst,
        preferredLast,
        emails,
        preferredEmail,
        phone,
        newJob,
        newTypes);
  }

  /** The address of the first of these types that has one; blank when none has. */
  String email(Iterable<String> wanted) {
    for (String type : wanted) {
      String address = emails.getOrDefault(type.equals("PREF") ? preferredEmail : type, "").strip();
      if (!address.isEmpty()) {
        return address;
      }
    }
    return "";
  }
}
