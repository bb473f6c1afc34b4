package dev.rollcall.web.page;

import dev.rollcall.event.InstanceStates;
import dev.rollcall.model.Account;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.SyncEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to "why is the account not there yet?", in one sentence and what to do next.
 *
 * @param tone good, warn, bad or calm, as notices are coloured
 * @param title the answer
 * @param why as Rollcall noted it, or null
 * @param next what to do, or null when there is nothing
 * @param event the one that says so, or null
 */
record Verdict(
    String tone,
    String title,
    @Nullable String why,
    @Nullable String next,
    @Nullable SyncEvent event) {

  /**
   * Judges one instance.
   *
   * @param outside whether the account is in another system
   * @param control whether the instance acts
   * @param status of the account there, or null without one
   * @param events of this person and instance, the newest first
   */
  static Verdict of(
      boolean outside,
      InstanceStanding control,
      Account.@Nullable Status status,
      List<SyncEvent> events,
      Instant now) {
    SyncEvent last =
        events.stream()
            .filter(event -> event.cause() != Cause.DUE || isDue(event, now))
            .filter(event -> event.status() != EventStatus.CANCELLED)
            .findFirst()
            .orElse(null);
    if (last == null) {
      return status == null
          ? nothingYet(events)
          : new Verdict(tone(status), thereIs(status), null, null, null);
    }
    boolean there = status != null;
    String account = status == null ? "" : thereIs(status);
    String tone = status == null ? "warn" : tone(status);
    return switch (last.status()) {
      case COMPLETED ->
          there
              ? new Verdict(
                  tone,
                  account,
                  null,
                  status == Account.Status.ENABLED
                      ? null
                      : outside
                          ? "The event says why: what was asked for, and what the source says of this person."
                          : "The affiliations below say why it is not enabled today.",
                  last)
              : new Verdict(
                  "calm",
                  "There is no account, and none is wanted today.",
                  last.reason(),
                  "See below what the source says of this person.",
                  last);
      case SKIPPED ->
          InstanceStates.PREVIEWED.equals(last.reason())
              ? previewed(control, there, last)
              : there
                  ? new Verdict(
                      tone, account + " The last event was skipped.", last.reason(), null, last)
                  : new Verdict(
                      "warn",
                      "There is no account: Rollcall was told not to make one.",
                      last.reason(),
                      "When that is wrong, it is the source or the settings that have to say otherwise.",
                      last);
      case SUSPENDED ->
          new Verdict(
              "warn",
              there
                  ? "The account is there, but a person has to decide about the last change."
                  : "There is no account yet: a person has to decide.",
              last.reason(),
              "Look at the event: it names the accounts that fit.",
              last);
      case ERROR ->
          new Verdict(
              "bad",
              there
                  ? "The account is there, but the last change failed."
                  : "There is no account yet: making it failed.",
              last.reason(),
              "Mend what the reason names, then retry the event.",
              last);
      case QUEUED ->
          new Verdict("calm", prefix(there) + "it is being worked right now.", null, null, last);
      case NEW -> waiting(control, there, last, now);
      // Filtered out above.
      case CANCELLED -> nothingYet(events);
    };
  }

  private static Verdict waiting(
      InstanceStanding control, boolean there, SyncEvent last, Instant now) {
    if (control.stopped()) {
      return new Verdict(
          "warn",
          prefix(there) + "the instance " + last.instance() + " " + control.blocked() + ".",
          null,
          control.wayOut(),
          last);
    }
    if (last.error() != null) {
      return new Verdict(
          "warn",
          prefix(there) + "it failed and will be tried again.",
          last.reason(),
          "Nothing has to be done; it may help to mend what the reason names.",
          last);
    }
    return new Verdict(
        "calm",
        last.due().isAfter(now)
            ? prefix(there) + "it waits for its time."
            : prefix(there) + "it waits for its turn.",
        last.reason(),
        null,
        last);
  }

  private static Verdict previewed(InstanceStanding control, boolean there, SyncEvent last) {
    return new Verdict(
        "warn",
        (there
                ? "The account is there, but the last change was"
                : "There is no account yet: it was")
            + " only previewed.",
        "The instance " + last.instance() + " was in preview: nothing is written then.",
        control.blocked() == null ? "Re-sync, and it is done." : control.wayOut(),
        last);
  }

  private static Verdict nothingYet(List<SyncEvent> events) {
    SyncEvent date =
        events.stream().filter(event -> event.status() == EventStatus.NEW).findFirst().orElse(null);
    return date == null
        ? new Verdict(
            "warn",
            "There is no account, and nothing is under way.",
            null,
            "Ask the source to send this person again, or re-sync.",
            null)
        : new Verdict(
            "calm", "There is no account yet: its day has not come.", date.reason(), null, date);
  }

  private static boolean isDue(SyncEvent event, Instant now) {
    return event.status() != EventStatus.NEW || !event.due().isAfter(now);
  }

  private static String thereIs(Account.Status status) {
    return switch (status) {
      case ENABLED -> "The account is there and enabled.";
      case DISABLED -> "The account is there, but disabled.";
      case STAGED -> "The account is there, but not switched on yet.";
      case SUSPENDED -> "The account is there, but suspended.";
    };
  }

  private static String tone(Account.Status status) {
    return switch (status) {
      case ENABLED -> "good";
      case DISABLED, STAGED, SUSPENDED -> "warn";
    };
  }

  private static String prefix(boolean there) {
    return there ? "The account is there, and a change is coming: " : "There is no account yet: ";
  }
}
