package dev.rollcall.connector.okta;

import dev.rollcall.spi.Errand;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Keeps the access token of a service app and gets the next one before it runs out. */
final class AccessTokens implements OktaSignIn {

  private static final Duration AHEAD = Duration.ofMinutes(2);

  private final TokenCall call;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Token token;

  /** A token, and from when on it is not used any more. */
  record Token(Pass pass, Instant until) {
    /**
     * @param lifetime as Okta says it
     */
    static Token of(Pass pass, Instant now, Duration lifetime) {
      Duration ahead =
          lifetime.compareTo(AHEAD.multipliedBy(2)) > 0 ? AHEAD : lifetime.dividedBy(2);
      return new Token(pass, now.plus(lifetime).minus(ahead));
    }
  }

  AccessTokens(TokenCall call, Clock clock) {
    this.call = call;
    this.clock = clock;
  }

  @Override
  public Pass pass(Errand errand) {
    // Whoever comes while one is being got waits for it: there is no second call.
    lock.lock();
    try {
      Token known = token;
      if (known == null || !Instant.now(clock).isBefore(known.until())) {
        known = call.token(errand);
        token = known;
      }
      return known.pass();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean renewable(Pass refused) {
    lock.lock();
    try {
      if (token != null && token.pass().equals(refused)) {
        token = null;
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
