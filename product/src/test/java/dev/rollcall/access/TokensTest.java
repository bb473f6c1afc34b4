package dev.rollcall.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.access.Tokens.Answer;
import dev.rollcall.access.Tokens.Created;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs come in with. */
class TokensTest {

  private final AccessRoom room = new AccessRoom();
  private final Tokens tokens = room.access.tokens();

  private Created token(String name) {
    return tokens.create(name, Role.VIEWER, true, null, "admin");
  }

  @Test
  void aTokenIsWhatItWasMadeFor() {
    assertThat(tokens.find(token("ci").secret()))
        .isEqualTo(new Answer.Welcome(new SignedIn("token ci", Role.VIEWER, true, false)));
  }

  @Test
  void theTokenOfTheHomeIsAdminAndSeesNoNationalIds() {
    assertThat(tokens.find(AccessRoom.OWN_TOKEN))
        .isEqualTo(new Answer.Welcome(new SignedIn("token http.token", Role.ADMIN, false, false)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "rollcall_", "the-token-of-the-hom", "the-token-of-the-home "})
  void whatIsNoTokenLetsNobodyIn(String secret) {
    token("ci");
    assertThat(tokens.find(secret)).isEqualTo(new Answer.Refused("The token is not known here"));
  }

  @Test
  void aTokenExpires() {
    Created created =
        tokens.create("ci", Role.VIEWER, false, AccessRoom.NOON.plusSeconds(60), "admin");
    room.clock.advance(Duration.ofSeconds(59));
    assertThat(tokens.find(created.secret())).isInstanceOf(Answer.Welcome.class);
    room.clock.advance(Duration.ofSeconds(1));
    assertThat(tokens.find(created.secret()))
        .isEqualTo(new Answer.Refused("The token ci expired at 2026-11-20T12:01:00Z"));
    assertThatThrownBy(
            () -> tokens.create("x", Role.VIEWER, false, AccessRoom.NOON.plusSeconds(60), "admin"))
        .hasMessage("The token would have expired already");
  }

  @Test
  void aRevokedTokenLetsNobodyInAndItsNameIsFreeAgain() {
    Created created = token("ci");
    assertThatThrownBy(() -> token("ci")).hasMessage("There is a token ci already; revoke it");

    assertThat(tokens.revoke("ci", "admin").revoked()).isEqualTo(AccessRoom.NOON);
    assertThat(tokens.find(created.secret()))
        .isEqualTo(new Answer.Refused("The token ci was revoked"));
    assertThatThrownBy(() -> tokens.revoke("ci", "admin")).hasMessage("There is no token ci");

    token("ci");
    assertThat(tokens.list()).hasSize(2);
    assertThat(tokens.list().getFirst().revoked()).isNull();
  }

  @Test
  void itIsKnownWhenATokenWasLastUsed() {
    Created created = token("ci");
    assertThat(tokens.list().getFirst().lastUsed()).isNull();
    tokens.find(created.secret());
    assertThat(tokens.list().getFirst().lastUsed()).isEqualTo(AccessRoom.NOON);
    room.clock.advance(Duration.ofMinutes(5));
    tokens.find(created.secret());
    assertThat(tokens.list().getFirst().lastUsed())
        .isEqualTo(AccessRoom.NOON.plus(Duration.ofMinutes(5)));
  }

  @Test
  void theTokenItselfIsKeptNowhere() {
    String secret = token("ci").secret();
    tokens.revoke("ci", "bob");
    String everything =
        room.audited() + room.texts("select row_to_json(t)::text from api_token t").toString();
    assertThat(everything)
        .contains("create token", "revoke token", "bob")
        .doesNotContain(secret, secret.substring(9));
  }
}
