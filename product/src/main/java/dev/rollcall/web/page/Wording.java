package dev.rollcall.web.page;

import dev.rollcall.access.Role;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.event.Sessions;
import dev.rollcall.finding.FindingKind;
import dev.rollcall.guard.ChangeClass;
import dev.rollcall.model.Cause;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.LineAction;
import dev.rollcall.model.LineStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.spi.BulkTarget;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How numbers, times and the house's words are said on pages. Times are those of the institution,
 * because that is where a day begins.
 */
final class Wording {

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.UK);
  private static final DateTimeFormatter NEAR =
      DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.US);
  private static final DateTimeFormatter FAR = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.US);
  private static final DateTimeFormatter FULL =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss", Locale.US);

  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private final Clock clock;
  private final ZoneId zone;

  Wording(Clock clock, ZoneId zone) {
    this.clock = clock;
    this.zone = zone;
  }

  /** The zone's name, as for a note below a page. */
  public String zone() {
    return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
  }

  /** A time in a list: the time of day for today, the day for what is far away. */
  public String when(@Nullable Instant instant) {
    if (instant == null) {
      return "";
    }
    ZonedDateTime time = instant.atZone(zone);
    LocalDate today = LocalDate.now(clock.withZone(zone));
    if (time.toLocalDate().equals(today)) {
      return CLOCK.format(time);
    }
    return time.getYear() == today.getYear() ? NEAR.format(time) : FAR.format(time);
  }

  /** A time in full, with its zone. */
  public String full(@Nullable Instant instant) {
    if (instant == null) {
      return "";
    }
    ZonedDateTime time = instant.atZone(zone);
    return FULL.format(time) + " " + zone();
  }

  /** A day. */
  public String day(@Nullable LocalDate date) {
    return date == null ? "" : FAR.format(date);
  }

  /** How far a time is from now: {@code 3 min ago}, {@code in 2 days}. */
  public String distance(@Nullable Instant instant) {
    if (instant == null) {
      return "";
    }
    long seconds = Duration.between(instant, clock.instant()).toSeconds();
    if (Math.abs(seconds) < 2) {
      return "just now";
    }
    return seconds >= 0 ? length(seconds) + " ago" : "in " + length(-seconds);
  }

  /** A length of time in its largest unit that makes sense. */
  public String length(long seconds) {
    if (seconds < 2 * MINUTE) {
      return seconds + " s";
    }
    if (seconds < 2 * HOUR) {
      return seconds / MINUTE + " min";
    }
    if (seconds < 2 * DAY) {
      return seconds / HOUR + " h";
    }
    return number(seconds / DAY) + " days";
  }

  /** A time of a source's own clock, as it is there; empty when it does not say. */
  public String local(@Nullable LocalDateTime time) {
    return time == null ? "" : FULL.format(time);
  }

  /** A part of a whole. */
  public String percent(double part) {
    return Math.round(part * 100) + " %";
  }

  /** A number, with its thousands kept apart. */
  public String number(long number) {
    return String.format(Locale.US, "%,d", number);
  }

  /** A number that was counted no further than this. */
  public String number(long number, long most) {
    return number > most ? "over " + number(most) : number(number);
  }

  /** A number of things, in words. */
  public String count(long number, String one, String several) {
    return number(number) + " " + (number == 1 ? one : several);
  }

  /** A status in words. */
  public String status(EventStatus status) {
    return switch (status) {
      case NEW -> "waiting";
      case QUEUED -> "being worked";
      case COMPLETED -> "done";
      case SKIPPED -> "skipped";
      case SUSPENDED -> "needs a person";
      case ERROR -> "failed";
      case CANCELLED -> "made redundant";
    };
  }

  /** A request line's status in words. */
  public String line(LineStatus status) {
    return switch (status) {
      case NEW -> "not taken over";
      case INPR -> "open";
      case COMP -> "done";
      case WARN -> "done, with a remark";
      case ERR -> "not done";
    };
  }

  /** How a session stands, in words. */
  public String session(Sessions.State state) {
    return switch (state) {
      case READY -> "waits to be opened";
      case OPEN -> "is being filled";
      case STARTED -> "is worked there";
      case DONE -> "done";
      case FAILED -> "failed as a whole";
      case CANCELLED -> "given up";
    };
  }

  /** How a request of a session stands, in words. */
  public String request(Sessions.RequestState state) {
    return switch (state) {
      case READY -> "not sent";
      case SENDING -> "being sent";
      case TAKEN -> "taken";
      case REFUSED -> "not taken";
    };
  }

  /** What a request of a session asks for, in words. */
  public String requestKind(String kind) {
    return switch (BulkTarget.Kind.valueOf(kind)) {
      case UPSERT -> "Add or change";
      case DELETE -> "Delete";
    };
  }

  /** How long it is until a time, to the second; empty when it has come. */
  public String countdown(@Nullable Instant until) {
    if (until == null || !until.isAfter(clock.instant())) {
      return "";
    }
    // A second that has begun counts: the last one shown is 1, not 0.
    long seconds = Duration.between(clock.instant(), until).plusMillis(999).toSeconds();
    return seconds < MINUTE
        ? seconds + " s"
        : "%d min %02d s".formatted(seconds / MINUTE, seconds % MINUTE);
  }

  /** What a batch that stands so is, in words. */
  public String batch(LineStatus status) {
    return switch (status) {
      case NEW -> "not taken over";
      case INPR -> "being worked";
      case COMP -> "done";
      case WARN -> "done, with remarks";
      case ERR -> "ended with errors";
    };
  }

  /**
   * What a request line asks for, in words.
   *
   * @param code as it stands in the line
   */
  public String action(String code) {
    return LineAction.ofCode(code)
        .map(action ->
            switch (action) {
              case CREATE_INACTIVE -> "Create, not switched on";
              case CREATE_ACTIVE -> "Create and switch on";
              case JOIN_GROUP -> "Join groups";
              case LEAVE_GROUP -> "Leave groups";
              case ACTIVATE -> "Switch on";
              case DEACTIVATE -> "Switch off";
              case UPDATE -> "Update";
            })
        .orElse("Unknown action");
  }

  /**
   * What happened, for a kind of finding.
   *
   * @param code the kind's; what another process noticed may be newer than this one
   */
  public String finding(String code) {
    return kindOf(code)
        .map(kind ->
            switch (kind) {
              case MISSING_ATTRIBUTE -> "A value everybody should have is missing";
              case UNUSABLE_FACT -> "Something the source says cannot be used";
              case FUTURE_MESSAGE -> "A message is dated far in the future";
              case MISSING_ROLE -> "A role or group could not be given";
              case FAILED_DATE -> "What was due on a date was not done";
              case LOGIN_CLASH -> "One login or account, and two people";
              case VANISHED -> "The source does not name this person any more";
              case MASTERED_ELSEWHERE -> "Another system decides about this account";
            })
        .orElse(code);
  }

  /** What to do about a kind of finding; empty for one that is not known here. */
  public String findingNext(String code) {
    return kindOf(code)
        .map(kind ->
            switch (kind) {
              case MISSING_ATTRIBUTE ->
                  "Have the value entered in the source. Rollcall looks again when the source names the person, or after a re-sync.";
              case UNUSABLE_FACT ->
                  "Have it put right in the source. Until then everything else is kept up to date without it.";
              case FUTURE_MESSAGE ->
                  "Have the clock of the sender put right and the person sent again: until that date other messages are taken for older ones.";
              case MISSING_ROLE -> "Make the role or group that is named, then re-sync the person.";
              case FAILED_DATE -> "Put right what the text names, then retry the event.";
              case LOGIN_CLASH ->
                  "Find out whose it is. Decide the suspended event, or have name, number or cross-reference put right in the source; nobody was given another's account.";
              case VANISHED ->
                  "If the person has left, have the source say so: by the HR status or the identity types. If not, look at the query that names who changed. Nothing was switched off.";
              case MASTERED_ELSEWHERE ->
                  "Take the person out of one of the two: out of the other source in Okta, or out of what Rollcall is asked to do. Then re-sync.";
            })
        .orElse("");
  }

  private static Optional<FindingKind> kindOf(String code) {
    return Arrays.stream(FindingKind.values()).filter(kind -> kind.code().equals(code)).findFirst();
  }

  /** Whose events have this priority, in words. */
  public String priority(String priority) {
    return switch (Priority.valueOf(priority)) {
      case LEAVER -> "Leavers";
      case INTERACTIVE -> "Asked for by a person";
      case NORMAL -> "Changes";
      case BULK -> "In bulk";
    };
  }

  /** A cause in words. */
  public String cause(Cause cause) {
    return switch (cause) {
      case CHANGE -> "Change in the source";
      case MESSAGE -> "Message";
      case REQUEST -> "Request lines";
      case RECONCILE -> "Comparison";
      case RESYNC -> "Re-sync";
      case RETRY -> "Retry";
      case RESOLVED -> "Decision";
      case DUE -> "Date";
      case WRITE_BACK -> "Write-back";
    };
  }

  /** What a cause means, as the beginning of an event's story. */
  public String beginning(Cause cause) {
    return switch (cause) {
      case CHANGE -> "The source named this person as changed.";
      case MESSAGE -> "The source sent a message about this person.";
      case REQUEST -> "This person has open request lines.";
      case RECONCILE -> "A comparison of both sides wanted this person looked at.";
      case RESYNC -> "Somebody asked to look at this person again.";
      case RETRY -> "Somebody asked to try again.";
      case RESOLVED -> "Somebody decided.";
      case DUE -> "A date was set on which the answer can differ.";
      case WRITE_BACK -> "Something has to be told to the source.";
    };
  }

  /** What somebody with this role may do. */
  public String role(Role role) {
    return switch (role) {
      case VIEWER -> "looks at everything, changes nothing";
      case OPERATOR -> "asks Rollcall to act, and decides";
      case ADMIN -> "also says who may come in";
    };
  }

  /** A kind of audit entry in words. */
  public String kind(AuditKind kind) {
    return switch (kind) {
      case OUTCOME -> "Event worked";
      case CALL -> "Call of another system";
      case CLAIM_LOST -> "Event given back";
      case MESSAGE_REPEATED -> "Message came again";
      case MESSAGE_REFUSED -> "Message refused";
      case REQUESTED -> "Asked for";
      case DECIDED -> "Decided";
      case FINDING_DONE -> "Finding looked at";
      case ERASED -> "Past erased";
      case EXPORTED -> "Data taken out";
      case TIDIED -> "Old data removed";
      case ROLES_SEEDED -> "Roles made";
      case SIGNED_IN -> "Signed in";
      case SIGN_IN_REFUSED -> "Sign-in refused";
      case ACCESS_CHANGED -> "Users and tokens";
      case NATIONAL_ID_SEEN -> "National id looked at";
      case ADOPTED -> "Database adopted";
    };
  }

  /** A class of changes in words. */
  public String changes(ChangeClass changes) {
    return switch (changes) {
      case DEACTIVATIONS -> "Deactivations";
      case GROUP_REMOVALS -> "Removals of groups";
      case CREATIONS -> "New accounts";
      case LOGIN_CHANGES -> "Changes of a login";
      case EMAIL_CHANGES -> "Changes of an e-mail address";
    };
  }

  /** What a kind of failure means. */
  public String error(ErrorKind error) {
    return switch (error) {
      case RATE_LIMITED -> "the other side asked to slow down";
      case UNAVAILABLE -> "the other side could not be reached";
      case REFUSED_CREDENTIALS -> "the other side refused Rollcall's credentials";
      case NOT_FOUND -> "what should be there is not";
      case CONFLICT -> "it clashes with what is there";
      case INVALID -> "a value is not accepted";
      case UNREADABLE -> "what came cannot be understood";
    };
  }
}
