package dev.rollcall.spi;

import dev.rollcall.model.SubjectKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A system that is given many people together: a session is opened, filled with requests and
 * started, and then works on its own ({@code facts/okta.md §5}). It says nothing of single people
 * until it is asked afterwards, and cannot be read: what it has is what it was last given. Whoever
 * calls it keeps where a session stands, so that every step bears being looked at again.
 */
public interface BulkTarget {

  /**
   * The accounts as they were last accepted, kept in our own tables; its {@link
   * AccountTarget#apply} is never called. An account that was deleted is there, and disabled.
   */
  AccountTarget accepted();

  /**
   * Which of these logins belong to accounts there that this source has never given: by login, the
   * other side's own id of the account. Asked before somebody is given for the first time.
   *
   * @throws ConnectorException when it cannot be asked; then nobody is given
   */
  Map<String, String> taken(Errand errand, Collection<String> logins);

  /** Puts applications into requests, as few as may be; the order is kept, deletions come last. */
  Packed pack(List<Application> applications);

  /** The sessions that are open there, whoever opened them. */
  List<Session> open(Errand errand);

  /**
   * Opens a session.
   *
   * @throws TooSoon when none may be opened yet
   * @throws ConnectorException when it was refused for another reason, or not answered
   */
  Session begin(Errand errand);

  /**
   * Gives a session one request; it is taken, not yet looked at.
   *
   * @throws ConnectorException with kind INVALID when this request is not taken at all
   */
  void give(Errand errand, String session, Parcel parcel);

  /** Starts what was given. */
  Session start(Errand errand, String session);

  /**
   * How a session stands.
   *
   * @return null when it is not known there any more
   */
  @Nullable Session look(Errand errand, String session);

  /** Gives a session up with all that it was given; one that is gone already is no failure. */
  void cancel(Errand errand, String session);

  /**
   * What the other side says about single people of a session that has ended.
   *
   * @param accountIds whom it was about
   * @throws ConnectorException when it cannot be told
   */
  Verdicts verdicts(Errand errand, String session, Instant started, Collection<String> accountIds);

  /**
   * Keeps what was accepted, by request; joins the caller's transaction.
   *
   * @param but accounts that were not
   */
  void accept(Parcel parcel, Set<String> but);

  /**
   * Whether so many deletions would make the other side stop all of it.
   *
   * @param deletions of one session
   * @param known how many accounts of the source there are
   * @return what stands against it, null when nothing does
   */
  @Nullable String objection(int deletions, long known);

  /** What a request does. */
  enum Kind {
    UPSERT,
    DELETE
  }

  /**
   * A request as it is sent.
   *
   * @param body the same text whenever it is sent
   * @param accountIds whom it is about, in its order
   */
  record Parcel(Kind kind, String body, List<String> accountIds) {
    public Parcel {
      accountIds = List.copyOf(accountIds);
    }
  }

  /**
   * Applications as requests of one session.
   *
   * @param accountIds the id of each subject's account that is in one of the parcels
   * @param refused who cannot be given at all, and why
   * @param left who does not fit into one session any more
   * @param remarks what a person should know of those that are given: a value was altered, or left
   *     as it was accepted before
   */
  record Packed(
      List<Parcel> parcels,
      Map<SubjectKey, String> accountIds,
      Map<SubjectKey, String> refused,
      List<SubjectKey> left,
      Map<SubjectKey, String> remarks) {
    public Packed {
      parcels = List.copyOf(parcels);
      accountIds = Map.copyOf(accountIds);
      refused = Map.copyOf(refused);
      left = List.copyOf(left);
      remarks = Map.copyOf(remarks);
    }

    /** Without remarks. */
    public Packed(
        List<Parcel> parcels,
        Map<SubjectKey, String> accountIds,
        Map<SubjectKey, String> refused,
        List<SubjectKey> left) {
      this(parcels, accountIds, refused, left, Map.of());
    }
  }

  /** How a session stands there. */
  enum State {
    /** Nothing was given yet. */
    CREATED,
    /** Something was given. */
    IN_PROGRESS,
    /** It works. */
    TRIGGERED,
    COMPLETED,
    /** It failed as a whole. */
    ERROR,
    /** It was given up. */
    CLOSED,
    /** Nobody went on with it. */
    EXPIRED
  }

  /**
   * A session as the other side tells it.
   *
   * @param changed when it changed last, on the other side's clock
   */
  record Session(String id, State state, Instant changed) {}

  /**
   * What is said about single people.
   *
   * @param failed why, by account; who is not named did not fail
   */
  record Verdicts(Map<String, String> failed) {
    public Verdicts {
      failed = Map.copyOf(failed);
    }
  }
}
