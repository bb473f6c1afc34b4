package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.testing.OktaDescription;
import dev.rollcall.testing.Shared;
import dev.rollcall.testing.ValidatingProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole run of the route through a proxy that holds everything on the wire against Okta's own
 * description. Skipped where that does not lie beside the repository.
 */
final class HrContractTest {

  private static final String ANN = "Ann.Lee@univ.edu";

  private final Path directory;
  private @Nullable HrPath made;
  private @Nullable ValidatingProxy between;

  HrContractTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void standBetween() throws IOException {
    OktaDescription description = new OktaDescription(Shared.needed(OktaDescription.FILE));
    HrPath path = new HrPath(directory);
    made = path;
    between = new ValidatingProxy(path.okta.address(), description);
  }

  @AfterEach
  void close() throws IOException {
    if (made != null) {
      made.close();
    }
    if (between != null) {
      between.close();
    }
  }

  private HrPath path() {
    return Objects.requireNonNull(made);
  }

  private ValidatingProxy proxy() {
    return Objects.requireNonNull(between);
  }

  private Parts start() {
    return path()
        .start(
            path()
                .settings(
                    path()
                            .tenant()
                            .replace(path().okta.address().toString(), proxy().address().toString())
                        + "\n    identity: {leave: suspend, renameLogin: yes, attributes: {secondEmail: \"[EMAIL_PERS]\"}}"));
  }

  @Test
  void everythingThatIsSaidInAWholeRunIsAsOktaDescribesIt() throws Exception {
    HrPath path = path();
    path.person("U1", "E1", "Ann", "Lee", "STAFF");
    path.person("U2", "E2", "Ben", "Ray", "STUDENT", "ADJUNCT");
    path.person("U3", "E3", "Ann", "Lee", "FACULTY");
    path.person("U4", "E4", "Dan", "Poe", "STAFF");
    path.okta(
        "users",
        "{'profile':{'login':'dp@univ.edu','email':'dp@univ.edu','firstName':'D','lastName':'P','employeeNumber':'E4'}}");
    Parts parts = start();
    path.request("B1", "U1:CR8A", "U1:GRPA", "U2:CR8I", "U2:GRPA", "U3:CR8A", "U4:CR8A", "U4:GRPA");
    path.run(parts);
    assertThat(path.users())
        .as("a namesake, and one that was there is adopted and renamed")
        .containsOnlyKeys(ANN, "Ben.Ray-ADJ@univ.edu", "Ann.Lee2@univ.edu", "Dan.Poe@univ.edu");

    // Changed, cleared and renamed; a leave and the return; another group; activated.
    path.email("E1", "PERS", " ");
    path.phone("E1", " ");
    path.named("E2", "Ben", "Roe", "2021-01-01");
    path.request("B2", "U1:USAU", "U2:USAU", "U2:USRA", "U1:GRPR:Staff General", "U1:GRPA");
    path.run(parts);
    for (String job : List.of("L", "A")) {
      path.job("E1", job);
      parts
          .requests()
          .resync(
              HrPath.INSTANCE, List.of(new SubjectKey("hr", "U1")), Priority.INTERACTIVE, "test");
      path.settle(parts);
      assertThat(path.statusOf(ANN))
          .as(path.events(parts, "U1").getLast().toString())
          .isEqualTo(job.equals("L") ? "SUSPENDED" : "ACTIVE");
    }

    // Leaves and comes back; is deleted over there and made anew.
    path.request("B3", "U1:GRPR", "U1:USRD");
    path.run(parts);
    assertThat(path.statusOf(ANN)).isEqualTo("DEPROVISIONED");
    path.request("B4", "U1:USRA", "U1:USAU", "U1:GRPA");
    path.run(parts);
    assertThat(path.statusOf(ANN)).isEqualTo("PROVISIONED");
    path.okta("delete", "{'user':'" + path.user(ANN).path("id").asString() + "'}");
    path.request("B5", "U1:CR8A");
    path.run(parts);
    assertThat(path.statusOf(ANN)).isEqualTo("PROVISIONED");

    assertThat(
            path.hr
                .jdbc()
                .sql(
                    "select count(*) from PS_CHG_OK_REQ_DTL where CHG_LINE_STATUS not in ('COMP', 'WARN')")
                .query(Long.class)
                .single())
        .isZero();
    assertThat(proxy().operations())
        .contains(
            "POST /api/v1/users 200",
            "POST /api/v1/users/{id} 200",
            "POST /api/v1/users/{id}/lifecycle/activate 200",
            "POST /api/v1/users/{id}/lifecycle/suspend 200",
            "POST /api/v1/users/{id}/lifecycle/unsuspend 200",
            "POST /api/v1/users/{id}/lifecycle/deactivate 200",
            "PUT /api/v1/groups/{id}/users/{id} 204",
            "DELETE /api/v1/groups/{id}/users/{id} 204",
            "GET /api/v1/users/{id} 200",
            "GET /api/v1/users/{id} 404",
            "GET /api/v1/users/{login} 404",
            "GET /api/v1/users 200",
            "GET /api/v1/users/{id}/groups 200",
            "GET /api/v1/groups 200");
    assertThat(proxy().violations()).isEmpty();
    assertThat(proxy().links())
        .as("a link leads where it was called, through the proxy")
        .isNotEmpty()
        .allMatch(link -> link.startsWith("<" + proxy().address() + "/api/v1/"));
  }

  private HttpResponse<String> send(String method, String where, String body) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create(proxy().address() + where))
              .header("Authorization", "SSWS " + HrPath.TOKEN)
              .header("Accept", "application/json")
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    }
  }

  @Test
  void whatOktaDoesNotDescribeIsNoticedInRequestsAndInAnswers() throws Exception {
    path().person("U1", "E1", "Ann", "Lee", "STAFF");
    Parts parts = start();
    path().request("B1", "U1:CR8I");
    path().run(parts);
    assertThat(proxy().violations()).isEmpty();

    send("POST", "/api/v1/users?activte=false", "{\"profil\":{}}");
    assertThat(proxy().violations())
        .anyMatch(one -> one.contains("no query parameter activte"))
        .anyMatch(one -> one.contains("unknown profil"));

    int before = proxy().violations().size();
    proxy().tamper(body -> body.replace("\"STAGED\"", "\"ODD\""));
    assertThat(send("GET", "/api/v1/users/" + ANN, "").body()).contains("\"ODD\"");
    List<String> then = proxy().violations();
    assertThat(then.subList(before, then.size()))
        .singleElement()
        .satisfies(one ->
            assertThat(one).contains("GET /api/v1/users/Ann.Lee@univ.edu answered 200", "/status"));
  }
}
