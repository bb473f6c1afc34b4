package dev.rollcall.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets nobody in without the token, except to the few addresses that are open. What is open is
 * named, not what is closed: one address can be written in many ways ({@code /%61pi}, {@code
 * /api;x}), and a way that is not thought of has to stay shut.
 */
final class TokenFilter extends OncePerRequestFilter {

  private static final String SCHEME = "Bearer ";
  private static final Set<String> OPEN =
      Set.of("/health", "/PeopleSoftOIMListener", "/PeopleSoftOIMListener/");

  /** What a page fetches beside itself, written in the only way there is to write it. */
  private static final Pattern ASSET = Pattern.compile("/assets/[a-z][\\w-]*\\.[a-z]{2,4}");

  private final byte[] token;

  TokenFilter(WebParts parts) {
    if (parts.token().isBlank()) {
      throw new IllegalArgumentException("The token is blank: everybody would be let in");
    }
    this.token = parts.token().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = request.getRequestURI();
    return OPEN.contains(path) || ASSET.matcher(path).matches();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    String given =
        header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            ? header.substring(SCHEME.length())
            : "";
    if (MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8))) {
      chain.doFilter(request, response);
    } else {
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
      response.setContentType("application/json");
      response.getWriter().write("{\"error\":\"A valid token is needed: Authorization: Bearer\"}");
    }
  }
}
