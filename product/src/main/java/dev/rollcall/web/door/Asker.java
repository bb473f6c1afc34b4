package dev.rollcall.web.door;

import dev.rollcall.access.SignedIn;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who asks, as Spring Security carries it through a request. */
public final class Asker extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1L;

  private final transient SignedIn who;
  private final boolean browser;

  /**
   * @param browser whether a cookie said so, which a browser sends also when another site asks it
   *     to
   */
  Asker(SignedIn who, boolean browser) {
    super(List.of());
    this.who = who;
    this.browser = browser;
    setAuthenticated(true);
  }

  /** Who asks now; empty when nobody is signed in. */
  public static Optional<SignedIn> now() {
    return of(SecurityContextHolder.getContext().getAuthentication());
  }

  static Optional<SignedIn> of(@Nullable Authentication authentication) {
    return authentication instanceof Asker asker ? Optional.of(asker.who) : Optional.empty();
  }

  /** Whether a cookie said who asks. */
  static boolean isBrowser() {
    return SecurityContextHolder.getContext().getAuthentication() instanceof Asker asker
        && asker.browser;
  }

  @Override
  public String getName() {
    return who.name();
  }

  @Override
  public Object getPrincipal() {
    return who;
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Asker asker
        && who.equals(asker.who)
        && browser == asker.browser
        && super.equals(other);
  }

  @Override
  public int hashCode() {
    return Objects.hash(who, browser);
  }
}
