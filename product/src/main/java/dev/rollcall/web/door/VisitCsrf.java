package dev.rollcall.web.door;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/**
 * The proof that a form was ours. It follows from the cookie, which another site can make a browser
 * send but not read; nothing is kept, so every process of a database knows it.
 */
final class VisitCsrf implements CsrfTokenRepository {

  static final String PARAMETER = "_csrf";
  static final String HEADER = "X-CSRF-TOKEN";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String MADE = VisitCsrf.class.getName();
  private static final int VISIT_BYTES = 24;

  @Override
  public CsrfToken generateToken(HttpServletRequest request) {
    byte[] bytes = new byte[VISIT_BYTES];
    RANDOM.nextBytes(bytes);
    String visit = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    request.setAttribute(MADE, visit);
    return proof(visit);
  }

  @Override
  public void saveToken(
      @Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
    if (token == null) {
      Cookies.VISIT.forget(request, response);
    } else if (request.getAttribute(MADE) instanceof String visit) {
      Cookies.VISIT.write(request, response, visit);
    }
  }

  @Override
  public @Nullable CsrfToken loadToken(HttpServletRequest request) {
    Optional<String> session = Cookies.SESSION.read(request);
    return session.or(() -> Cookies.VISIT.read(request)).map(VisitCsrf::proof).orElse(null);
  }

  private static CsrfToken proof(String secret) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(("csrf " + secret).getBytes(StandardCharsets.UTF_8));
      return new DefaultCsrfToken(
          HEADER, PARAMETER, Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java has it
    }
  }
}
