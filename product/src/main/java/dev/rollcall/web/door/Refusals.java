package dev.rollcall.web.door;

import dev.rollcall.access.SignedIn;
import dev.rollcall.web.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedSet;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/**
 * What whoever is not let in is told: a program gets a problem, a browser a page, or the way to
 * sign in.
 */
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

  static final String SIGN_IN = "/sign-in";
  static final String PASSWORD = "/password";

  /** Nobody is signed in. */
  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    if (!send(request, response, SIGN_IN + "?next=" + encoded(here(request)))) {
      unknown(response, "A valid token is needed: Authorization: Bearer");
    }
  }

  /** A token that is not good, or none. */
  void unknown(HttpServletResponse response, String why) throws IOException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    Problems.write(response, HttpStatus.UNAUTHORIZED, why);
  }

  /** Somebody is signed in who may not do this. */
  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
      throws IOException {
    Optional<SignedIn> who = Asker.now();
    Optional<AccessTable.Need> need = AccessTable.needOf(request);
    if (failure instanceof CsrfException) {
      refuse(
          request,
          response,
          HttpStatus.FORBIDDEN,
          "The form is too old, or was not ours; go back, renew the page and try again");
    } else if (who.isPresent() && who.get().mustChangePassword() && need.isPresent()) {
      if (!send(request, response, PASSWORD + "?next=" + encoded(here(request)))) {
        Problems.write(
            response, HttpStatus.FORBIDDEN, "The password has to be changed first, in a browser");
      }
    } else if (need.isPresent() && need.get() instanceof AccessTable.Need.AtLeast(var role)) {
      refuse(
          request,
          response,
          HttpStatus.FORBIDDEN,
          "This needs the role %s; %s is %s"
              .formatted(
                  role.code(),
                  who.map(SignedIn::name).orElse("nobody"),
                  who.map(SignedIn::role).map(had -> had.code()).orElse("nothing")));
    } else {
      nothingThere(request, response);
    }
  }

  /** Only who is signed in is told whether an address is there at all. */
  private static void nothingThere(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    SortedSet<String> methods = AccessTable.methodsAt(request);
    if (methods.isEmpty()) {
      refuse(request, response, HttpStatus.NOT_FOUND, "Nothing is at this address");
    } else {
      String known = String.join(", ", methods);
      response.setHeader(HttpHeaders.ALLOW, known);
      refuse(request, response, HttpStatus.METHOD_NOT_ALLOWED, "This address takes " + known);
    }
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, HttpStatus status, String why)
      throws IOException {
    if (Problems.wantsPage(request, request.getRequestURI())) {
      response.sendError(status.value());
    } else {
      Problems.write(response, status, why);
    }
  }

  /** Sends a browser somewhere else; false for a program. */
  private static boolean send(
      HttpServletRequest request, HttpServletResponse response, String where) {
    if (request.getHeader("HX-Request") != null) {
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
      response.setHeader("HX-Redirect", where);
      return true;
    }
    boolean page =
        Problems.wantsPage(request, request.getRequestURI())
            && !AccessTable.isOpen(request)
            && request.getHeader(HttpHeaders.AUTHORIZATION) == null;
    if (page) {
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader(HttpHeaders.LOCATION, where);
    }
    return page;
  }

  /** Where to come back to: only what was looked at, never what was done. */
  private static String here(HttpServletRequest request) {
    if (request.getHeader("HX-Request") != null || !request.getMethod().equals("GET")) {
      return "/";
    }
    String query = request.getQueryString();
    return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
