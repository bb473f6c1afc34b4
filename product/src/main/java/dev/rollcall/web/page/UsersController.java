package dev.rollcall.web.page;

import dev.rollcall.access.Access;
import dev.rollcall.access.Role;
import dev.rollcall.access.SignedIn;
import dev.rollcall.access.Tokens;
import dev.rollcall.access.User;
import dev.rollcall.access.Users.Fresh;
import dev.rollcall.sync.Instance;
import dev.rollcall.web.WebParts;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who may come in: people with a password, programs with a token. */
@Controller("usersPage")
final class UsersController {

  private final Access access;
  private final ZoneId zone;

  UsersController(WebParts parts) {
    this.access = parts.access();
    this.zone = parts.instances().stream().findFirst().map(Instance::zone).orElse(ZoneOffset.UTC);
  }

  /**
   * A token in the list.
   *
   * @param good whether it still lets somebody in
   */
  record Row(Tokens.Token token, boolean good) {}

  @GetMapping("/users")
  String list(Model model) {
    model.addAttribute("users", access.users().list());
    model.addAttribute(
        "tokens",
        access.tokens().list().stream()
            .map(token -> new Row(token, access.tokens().isGood(token)))
            .toList());
    model.addAttribute("roles", Role.values());
    return "users";
  }

  @GetMapping("/users/{name}")
  String user(@PathVariable String name, Model model) {
    User user =
        access
            .users()
            .find(name)
            .orElseThrow(() ->
                new PageFailures.NotThere(
                    "There is no such user", "Nobody who may sign in is called " + name + "."));
    model.addAttribute("user", user);
    model.addAttribute("roles", Role.values());
    return "user";
  }

  /** Adds somebody; their first password is shown this once. */
  @PostMapping("/users")
  String add(
      @RequestParam(defaultValue = "") String user,
      @RequestParam(defaultValue = "") String role,
      @RequestParam(defaultValue = "false") boolean nationalIds,
      SignedIn who,
      Model model) {
    return password(access.users().add(user, roleOf(role), nationalIds, who.name()), model);
  }

  @PostMapping("/users/{name}/role")
  String allow(
      @PathVariable String name,
      @RequestParam(defaultValue = "") String role,
      @RequestParam(defaultValue = "false") boolean nationalIds,
      SignedIn who) {
    return back(access.users().allow(name, roleOf(role), nationalIds, who.name()));
  }

  @PostMapping("/users/{name}/disable")
  String disable(@PathVariable String name, SignedIn who) {
    return back(access.users().disable(name, true, who.name()));
  }

  @PostMapping("/users/{name}/enable")
  String enable(@PathVariable String name, SignedIn who) {
    return back(access.users().disable(name, false, who.name()));
  }

  @PostMapping("/users/{name}/password")
  String resetPassword(@PathVariable String name, SignedIn who, Model model) {
    return password(access.users().resetPassword(name, who.name()), model);
  }

  /**
   * Makes a token, shown this once.
   *
   * @param last the last day on which it is good, or blank
   */
  @PostMapping("/tokens")
  String create(
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String role,
      @RequestParam(defaultValue = "false") boolean nationalIds,
      @RequestParam(defaultValue = "") String last,
      SignedIn who,
      Model model) {
    Tokens.Created created =
        access.tokens().create(name.strip(), roleOf(role), nationalIds, endOf(last), who.name());
    return once(
        "Token " + created.token().name(),
        "Token",
        created.secret(),
        "A program sends it with every request: Authorization: Bearer, a blank, and the token.",
        model);
  }

  @PostMapping("/tokens/{name}/revoke")
  String revoke(@PathVariable String name, SignedIn who) {
    access.tokens().revoke(name, who.name());
    return "redirect:/users";
  }

  private @Nullable Instant endOf(String day) {
    try {
      return day.isBlank()
          ? null
          : LocalDate.parse(day.strip()).plusDays(1).atStartOfDay(zone).toInstant();
    } catch (DateTimeParseException wrong) {
      throw new PageFailures.Unfit("The last day must be a date such as 2026-12-31.");
    }
  }

  private static Role roleOf(String code) {
    try {
      return Role.ofCode(code);
    } catch (IllegalArgumentException unknown) {
      throw new PageFailures.Unfit(unknown.getMessage() + ".");
    }
  }

  private static String password(Fresh fresh, Model model) {
    return once(
        "Password of " + fresh.user(),
        "Password",
        fresh.password(),
        "Whoever signs in with it has to choose another one at once.",
        model);
  }

  private static String once(String title, String label, String secret, String next, Model model) {
    model.addAttribute("title", title);
    model.addAttribute("label", label);
    model.addAttribute("secret", secret);
    model.addAttribute("next", next);
    return "once";
  }

  private static String back(User user) {
    return "redirect:/users/" + Paths.encoded(user.name());
  }
}
