package dev.rollcall.web.door;

import dev.rollcall.access.Role;
import dev.rollcall.access.SignedIn;
import dev.rollcall.access.Tokens;
import dev.rollcall.web.WebParts;
import dev.rollcall.web.api.Operation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What programs come in with. */
@RestController
@RequestMapping("/api/tokens")
final class TokensController {

  private final Tokens tokens;

  TokensController(WebParts parts) {
    this.tokens = parts.access().tokens();
  }

  record TokenView(
      String name,
      String role,
      boolean nationalIds,
      Instant created,
      String createdBy,
      @Nullable Instant expires,
      @Nullable Instant lastUsed,
      @Nullable Instant revoked) {

    private static TokenView of(Tokens.Token token) {
      return new TokenView(
          token.name(),
          token.role().code(),
          token.nationalIds(),
          token.created(),
          token.createdBy(),
          token.expires(),
          token.lastUsed(),
          token.revoked());
    }
  }

  @Operation("Lists the tokens, also those that are good no more.")
  @GetMapping
  List<TokenView> list() {
    return tokens.list().stream().map(TokenView::of).toList();
  }

  /**
   * A new token.
   *
   * @param nationalIds null for no
   * @param expires null for never
   */
  record NewToken(
      @Nullable String name,
      @Nullable String role,
      @Nullable Boolean nationalIds,
      @Nullable Instant expires) {}

  /** It is told once. */
  record CreatedView(String name, String role, @Nullable Instant expires, String token) {
    @Override
    public String toString() {
      return "CreatedView[" + name + "]";
    }
  }

  @Operation(value = "Makes a token, which is told once.", refuses = 409)
  @PostMapping
  CreatedView create(@RequestBody NewToken wanted, SignedIn who) {
    Tokens.Created created =
        tokens.create(
            UsersController.given("name", wanted.name()),
            Role.ofCode(UsersController.given("role", wanted.role())),
            Boolean.TRUE.equals(wanted.nationalIds()),
            wanted.expires(),
            who.name());
    Tokens.Token token = created.token();
    return new CreatedView(token.name(), token.role().code(), token.expires(), created.secret());
  }

  @Operation("Makes a token good no more.")
  @PostMapping("/{name}/revoke")
  TokenView revoke(@PathVariable String name, SignedIn who) {
    return TokenView.of(tokens.revoke(name, who.name()));
  }
}
