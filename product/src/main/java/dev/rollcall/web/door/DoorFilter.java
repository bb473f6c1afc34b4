package dev.rollcall.web.door;

import dev.rollcall.access.Access;
import dev.rollcall.access.SignedIn;
import dev.rollcall.access.Tokens;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds out who asks: by the token of a program, or by the cookie of a browser. */
final class DoorFilter extends OncePerRequestFilter {

  /** A request that a page makes by itself, to be live: nobody did anything. */
  static final String LIVE = "Rollcall-Live";

  private static final Logger log = LoggerFactory.getLogger(DoorFilter.class);
  private static final String SCHEME = "Bearer ";

  private final Access access;
  private final Refusals refusals;

  DoorFilter(Access access, Refusals refusals) {
    this.access = access;
    this.refusals = refusals;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return AccessTable.isOpen(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    try {
      if (authorization == null) {
        browser(request).ifPresent(who -> remember(new Asker(who, true)));
      } else if (authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
        switch (access.tokens().find(authorization.substring(SCHEME.length()))) {
          case Tokens.Answer.Welcome(SignedIn program) -> remember(new Asker(program, false));
          case Tokens.Answer.Refused(String why) -> {
            refusals.unknown(response, why);
            return;
          }
        }
      }
    } catch (DataAccessException | TransactionException failure) {
      log.warn("Who asks could not be looked up", failure);
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      return;
    }
    chain.doFilter(request, response);
  }

  private Optional<SignedIn> browser(HttpServletRequest request) {
    boolean active = request.getHeader(LIVE) == null;
    return Cookies.SESSION.read(request).flatMap(secret -> access.sessions().find(secret, active));
  }

  private static void remember(Asker asker) {
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(asker);
    SecurityContextHolder.setContext(context);
  }
}
