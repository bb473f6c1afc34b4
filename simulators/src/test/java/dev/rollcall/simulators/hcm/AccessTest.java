package dev.rollcall.simulators.hcm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.simulators.hcm.Calling.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may come in, and what the others are told. */
class AccessTest {
  private static final String GRANT = "grant_type=client_credentials";

  private final Calling calling;

  AccessTest(@TempDir Path directory) {
    calling = Calling.in(directory);
  }

  @AfterEach
  void stop() {
    calling.close();
  }

  @Test
  void aUserComesInWithTheRightPasswordAlone() {
    assertThat(with(Calling.basic("user", "word")).status()).isEqualTo(200);
    Answer wrong = with(Calling.basic("user", "sword"));
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.json().path("title").asString()).isEqualTo("Unauthorized");
    assertThat(wrong.headers().firstValue("www-authenticate")).contains("Basic realm=\"owsm\"");
    assertThat(with("Basic ???").status()).isEqualTo(401);
    assertThat(calling.send(calling.request("workers").build()).status()).isEqualTo(401);

    calling.settings("{'basic':false}");

    assertThat(with(Calling.basic("user", "word")).status()).isEqualTo(401);
  }

  @Test
  void aTokenIsGoodUntilItEnds() {
    String token = token(Calling.basic("client", "secret"), GRANT);
    assertThat(with("Bearer " + token).status()).isEqualTo(200);

    calling.control.post("clock", "{'advanceSeconds':3600}");

    assertThat(with("Bearer " + token).status()).isEqualTo(401);
    String other = token("", GRANT + "&client_id=client&client_secret=secret");
    assertThat(with("Bearer " + other).status()).isEqualTo(200);

    calling.control.post("access", "{'expireTokens':true}");

    assertThat(with("Bearer " + other).status()).isEqualTo(401);
  }

  @Test
  void whoeverIsNobodyGetsNoToken() {
    String path = "/oauth2/v1/token";
    assertThat(calling.form(path, GRANT, Calling.basic("client", "no")).status()).isEqualTo(401);
    assertThat(calling.form(path, GRANT, "").status()).isEqualTo(401);
    assertThat(
            calling
                .form(path, "grant_type=password", Calling.basic("client", "secret"))
                .json()
                .path("error")
                .asString())
        .isEqualTo("unsupported_grant_type");
    assertThat(calling.control.get("requests").toString()).doesNotContain("secret");
  }

  @Test
  void aResourceCanBeForbiddenUnknownOrOfAnotherForm() {
    calling.settings("{'forbidden':['emps']}");

    assertThat(calling.get("emps").status()).isEqualTo(403);
    Answer unknown = calling.get("absences");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.json().path("title").asString()).isEqualTo("Not Found");
    assertThat(calling.get("absences", "").text()).startsWith("<html>");
    assertThat(
            calling
                .send(
                    calling
                        .request("workers")
                        .setHeader("Accept", "application/xml")
                        .header("Authorization", Calling.basic("user", "word"))
                        .build())
                .status())
        .isEqualTo(406);
    assertThat(calling.get(calling.address() + "/hcmRestApi/resources/1.0/workers").status())
        .isEqualTo(404);
    assertThat(calling.get(calling.address() + "/hcmRestApi/resources/latest/workers").status())
        .isEqualTo(200);
  }

  private String token(String authorization, String form) {
    Answer answer = calling.form("/oauth2/v1/token", form, authorization);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().path("token_type").asString()).isEqualTo("Bearer");
    assertThat(answer.json().path("expires_in").asInt()).isEqualTo(3600);
    return answer.json().path("access_token").asString();
  }

  private Answer with(String authorization) {
    return calling.send(
        calling
            .request("workers")
            .header("Authorization", authorization)
            .header("REST-Framework-Version", "4")
            .build());
  }
}
