package dev.rollcall.web.door;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * The cookies there are. They end with the browser, are sent to this host alone and shown to no
 * script. Behind TLS their names begin with {@code __Host-}, so that no neighbouring host can set
 * them.
 */
enum Cookies {
  /** The secret of a session. */
  SESSION("rollcall-session"),
  /** A random text for somebody who is not signed in yet. */
  VISIT("rollcall-visit");

  private final String name;

  Cookies(String name) {
    this.name = name;
  }

  /** What the browser sent. */
  Optional<String> read(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies == null) {
      return Optional.empty();
    }
    for (Cookie cookie : cookies) {
      if (cookie.getName().equals(nameFor(request)) && !cookie.getValue().isEmpty()) {
        return Optional.of(cookie.getValue());
      }
    }
    return Optional.empty();
  }

  void write(HttpServletRequest request, HttpServletResponse response, String value) {
    add(request, response, value, Duration.ofSeconds(-1));
  }

  void forget(HttpServletRequest request, HttpServletResponse response) {
    if (read(request).isPresent()) {
      add(request, response, "", Duration.ZERO);
    }
  }

  private void add(
      HttpServletRequest request, HttpServletResponse response, String value, Duration age) {
    ResponseCookie cookie =
        ResponseCookie.from(nameFor(request), value)
            .httpOnly(true)
            .secure(request.isSecure())
            // Lax: a link in a mail or a ticket leads to the page and not to the sign-in.
            .sameSite("Lax")
            .path("/")
            .maxAge(age)
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }

  private String nameFor(HttpServletRequest request) {
    return request.isSecure() ? "__Host-" + name : name;
  }
}
