package dev.rollcall.web.door;

import dev.rollcall.access.Access;
import dev.rollcall.access.PasswordDoor.Attempt;
import dev.rollcall.access.RefusedAccess;
import dev.rollcall.access.SignedIn;
import dev.rollcall.access.User;
import dev.rollcall.web.WebParts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Coming in with a browser, going out, and changing one's own password. */
@Controller
final class SignInController {

  /** A page of ours: nothing that leads a browser to another host. */
  private static final Pattern OUR_PAGE = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]*");

  private final Access access;

  SignInController(WebParts parts) {
    this.access = parts.access();
  }

  @GetMapping("/sign-in")
  String ask(
      @RequestParam(defaultValue = "/") String next,
      CsrfToken proof,
      HttpServletResponse response,
      Model model) {
    proof.getToken(); // sets the cookie before the page is written
    return signIn(model, next, "", null);
  }

  @PostMapping("/sign-in")
  @Nullable String enter(
      @RequestParam(defaultValue = "") String user,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(defaultValue = "/") String next,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return switch (access.door().enter(user, password, request.getRemoteAddr())) {
      case Attempt.Welcome(User known) -> {
        begin(request, response, known);
        yield known.mustChange()
            ? go(response, Refusals.PASSWORD)
            : go(response, ourPageOr(next, "/"));
      }
      case Attempt.Wrong() -> {
        response.setStatus(HttpStatus.UNAUTHORIZED.value());
        yield signIn(model, next, user, "The name or the password is not right.");
      }
      case Attempt.TooOften(Duration left) -> {
        response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(left.toSeconds() + 1));
        yield signIn(
            model,
            next,
            user,
            "Too many attempts have failed. Try again in %d minutes."
                .formatted(left.toMinutes() + 1));
      }
    };
  }

  @PostMapping("/sign-out")
  @Nullable String leave(HttpServletRequest request, HttpServletResponse response) {
    Cookies.SESSION.read(request).ifPresent(access.sessions()::end);
    Cookies.SESSION.forget(request, response);
    return go(response, Refusals.SIGN_IN);
  }

  @GetMapping(Refusals.PASSWORD)
  String askForPassword(@RequestParam(defaultValue = "/") String next, SignedIn who, Model model) {
    return password(model, who, next, null);
  }

  @PostMapping(Refusals.PASSWORD)
  @Nullable String changePassword(
      @RequestParam(defaultValue = "") String old,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(defaultValue = "") String again,
      @RequestParam(defaultValue = "/") String next,
      SignedIn who,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    try {
      if (!password.equals(again)) {
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        return password(model, who, next, "The new password was not typed the same twice.");
      }
      begin(
          request,
          response,
          access.door().change(who.name(), old, password, request.getRemoteAddr()));
      return go(response, ourPageOr(next, "/"));
    } catch (RefusedAccess refused) {
      response.setStatus(HttpStatus.BAD_REQUEST.value());
      return password(model, who, next, refused.getMessage() + ".");
    }
  }

  /** A new session with a new secret, whatever the browser held before. */
  private void begin(HttpServletRequest request, HttpServletResponse response, User user) {
    Cookies.SESSION.read(request).ifPresent(access.sessions()::end);
    Cookies.VISIT.forget(request, response);
    Cookies.SESSION.write(request, response, access.sessions().begin(user));
  }

  private static String signIn(Model model, String next, String user, @Nullable String wrong) {
    model.addAttribute("next", ourPageOr(next, "/"));
    model.addAttribute("user", user);
    model.addAttribute("wrong", wrong);
    return "sign-in";
  }

  private static String password(Model model, SignedIn who, String next, @Nullable String wrong) {
    model.addAttribute("next", ourPageOr(next, "/"));
    model.addAttribute("who", who);
    model.addAttribute("wrong", wrong);
    return "password";
  }

  private static String ourPageOr(String next, String otherwise) {
    return OUR_PAGE.matcher(next).matches() ? next : otherwise;
  }

  /** There is nothing to show: the browser goes on. */
  private static @Nullable String go(HttpServletResponse response, String where) {
    response.setStatus(HttpStatus.SEE_OTHER.value());
    response.setHeader(HttpHeaders.LOCATION, where);
    return null;
  }
}
