package dev.rollcall.connector.okta.bulk;

import dev.rollcall.connector.okta.OktaClient;
import dev.rollcall.connector.okta.OktaUser;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.ConnectorException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which logins there are in a tenant. Up to {@value #FEW} are asked for one by one: such an answer
 * is never behind, and these calls have a bucket of their own, twice as large as that of lists. For
 * more, all users are listed, two hundred with each call, which for a first load of a tenant with
 * forty thousand is 200 calls in place of ten thousand. The list is remembered until a session
 * begins, and never longer than five minutes, so that the pieces of one claim share it; and a list
 * that was broken off, because there was no room for more calls, goes on where it stopped. It may
 * miss who was made in the last seconds before it was read: Okta's own matching meets those in the
 * import. Safe for use by many threads.
 */
final class TakenLogins {

  /** So many logins are asked for one by one. */
  static final int FEW = 100;

  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Listing listing;

  TakenLogins(Clock clock) {
    this.clock = clock;
  }

  /** What was listed, up to where. */
  private static final class Listing {
    final Map<String, String> ids = new HashMap<>();
    final Set<String> asked = new HashSet<>();
    @Nullable String next;
    boolean whole;
    Instant readAt;

    Listing(Instant now) {
      readAt = now;
    }
  }

  /**
   * The ids of the users who have these logins.
   *
   * @return by login as it was asked for; one that nobody has is missing
   * @throws ConnectorException when it could not be asked
   */
  Map<String, String> ids(OktaClient client, Collection<String> logins) {
    Map<String, String> ids = new HashMap<>();
    if (logins.size() <= FEW) {
      for (String login : logins) {
        client.byLogin(login).map(OktaUser::id).ifPresent(id -> ids.put(login, id));
      }
      return ids;
    }
    // Whoever comes while it is read waits for it: there is no second list.
    lock.lock();
    try {
      Map<String, String> all = listed(client);
      for (String login : logins) {
        String id = all.get(OktaClient.folded(login));
        if (id != null) {
          ids.put(login, id);
        }
      }
      return ids;
    } finally {
      lock.unlock();
    }
  }

  private Map<String, String> listed(OktaClient client) {
    Listing known = listing;
    if (known == null || !Instant.now(clock).isBefore(known.readAt.plus(REMEMBERED))) {
      known = new Listing(Instant.now(clock));
      listing = known;
    }
    while (!known.whole) {
      OktaClient.Page page = client.page(known.next);
      for (OktaUser user : page.users()) {
        known.ids.put(OktaClient.folded(user.login()), user.id());
      }
      Optional<String> next = page.next();
      known.whole = next.isEmpty();
      known.next = next.orElse(null);
      known.readAt = Instant.now(clock);
      if (next.isPresent() && !known.asked.add(next.get())) {
        listing = null;
        throw new ConnectorException(
            ErrorKind.UNREADABLE, "Okta's pages of users come back to one that was read", null);
      }
    }
    return known.ids;
  }

  /** What is remembered may not be so any more. */
  void forget() {
    lock.lock();
    try {
      listing = null;
    } finally {
      lock.unlock();
    }
  }
}
