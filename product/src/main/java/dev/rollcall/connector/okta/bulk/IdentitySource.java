package dev.rollcall.connector.okta.bulk;

import dev.rollcall.connector.okta.OktaClient;
import dev.rollcall.connector.okta.OktaConnection;
import dev.rollcall.http.HttpSender;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.AccountTarget;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.BulkTarget;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.Errand;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One identity source of an Okta tenant, which takes people in sessions: accounts are known by
 * their external id, attributes by the names of the app's profile, and {@code userName} is the
 * login. Safe for use by many threads.
 */
public final class IdentitySource implements BulkTarget {

  /** Below so many accounts Okta's import safeguard does not look ({@code facts/okta.md §5}). */
  private static final int FEWEST_SAFEGUARDED = 100;

  private final IdentitySourceSettings settings;
  private final OktaConnection connection;
  private final AcceptedProfiles accepted;
  private final TakenLogins taken;
  private final Clock clock;

  /**
   * @param sender with the patience of the settings
   * @param clock for the life of tokens, of what is remembered, and up to when the log is read
   */
  public IdentitySource(
      IdentitySourceSettings settings, HttpSender sender, JdbcClient jdbc, Clock clock) {
    this.settings = settings;
    this.connection = new OktaConnection(settings.tenant(), sender, clock);
    this.accepted = new AcceptedProfiles(jdbc, clock, settings.name());
    this.taken = new TakenLogins(clock);
    this.clock = clock;
  }

  @Override
  public AccountTarget accepted() {
    return accepted;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Up to a hundred logins are asked for one by one, for more all users are listed, once for a
   * session. A login that this source has given somebody is not taken: who has it is found among
   * {@link #accepted}, or in a session whose end is not known.
   */
  @Override
  public Map<String, String> taken(Errand errand, Collection<String> logins) {
    Map<String, String> there =
        new HashMap<>(taken.ids(new OktaClient(connection, errand), new HashSet<>(logins)));
    Set<String> ours =
        accepted.ours(there.keySet().stream().map(OktaClient::folded).distinct().toList());
    there.keySet().removeIf(login -> ours.contains(OktaClient.folded(login)));
    return Map.copyOf(there);
  }

  @Override
  public Packed pack(List<Application> applications) {
    return new Packing(settings).pack(applications);
  }

  @Override
  public List<Session> open(Errand errand) {
    return sessions(errand).open();
  }

  @Override
  public Session begin(Errand errand) {
    Session session = sessions(errand).begin();
    taken.forget();
    return session;
  }

  @Override
  public void give(Errand errand, String session, Parcel parcel) {
    // Before the call: whatever becomes of it, Okta may have what was sent.
    accepted.given(session, parcel);
    try {
      sessions(errand).give(session, parcel.kind(), parcel.body());
    } catch (ConnectorException failure) {
      if (failure.kind() == ErrorKind.INVALID) {
        accepted.notGiven(session, parcel);
      }
      throw failure;
    }
  }

  @Override
  public Session start(Errand errand, String session) {
    return sessions(errand).start(session);
  }

  @Override
  public @Nullable Session look(Errand errand, String session) {
    return sessions(errand).look(session).orElse(null);
  }

  @Override
  public void cancel(Errand errand, String session) {
    boolean unread = sessions(errand).cancel(session);
    if (unread) {
      accepted.dropped(session);
    }
  }

  @Override
  public Verdicts verdicts(
      Errand errand, String session, Instant started, Collection<String> accountIds) {
    return new ImportLog(connection, errand, clock, settings.sourceId(), accepted)
        .verdicts(session, started, accountIds);
  }

  @Override
  public void accept(Parcel parcel, Set<String> but) {
    accepted.accept(parcel, but);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Okta counts assignments of the app, which Rollcall cannot see; {@code known} stands for
   * them.
   */
  @Override
  public @Nullable String objection(int deletions, long known) {
    int percent = settings.safeguardPercent();
    if (known < FEWEST_SAFEGUARDED || deletions * 100L <= known * percent) {
      return null;
    }
    return "%d of %d accounts would be deleted, more than %d %%: Okta's import safeguard would stop the import, and all others until an administrator lets them go on"
        .formatted(deletions, known, percent);
  }

  private Sessions sessions(Errand errand) {
    return new Sessions(connection, errand, settings);
  }
}
