package dev.rollcall.simulators.okta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.okta.sdk.authc.credentials.TokenClientCredentials;
import com.okta.sdk.client.AuthorizationMode;
import com.okta.sdk.client.ClientBuilder;
import com.okta.sdk.client.Clients;
import com.okta.sdk.resource.api.GroupApi;
import com.okta.sdk.resource.api.IdentitySourceApi;
import com.okta.sdk.resource.api.SystemLogApi;
import com.okta.sdk.resource.api.UserApi;
import com.okta.sdk.resource.api.UserLifecycleApi;
import com.okta.sdk.resource.client.ApiClient;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.AddGroupRequest;
import com.okta.sdk.resource.model.BulkUpsertRequestBody;
import com.okta.sdk.resource.model.BulkUpsertRequestBodyProfilesInner;
import com.okta.sdk.resource.model.Group;
import com.okta.sdk.resource.model.IdentitySourceSession;
import com.okta.sdk.resource.model.IdentitySourceSessionStatus;
import com.okta.sdk.resource.model.IdentitySourceUserProfileForUpsert;
import com.okta.sdk.resource.model.OktaUserGroupProfile;
import com.okta.sdk.resource.model.UpdateUserRequest;
import com.okta.sdk.resource.model.User;
import com.okta.sdk.resource.model.UserActivationToken;
import com.okta.sdk.resource.model.UserProfile;
import com.okta.sdk.resource.model.UserStatus;
import com.okta.sdk.resource.user.UserBuilder;
import dev.rollcall.simulators.testing.ControlDriver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Okta's own client, which was written by somebody else from something else, gets along. */
class SdkTest {
  private final Okta simulator;
  private final ControlDriver control;

  SdkTest(@TempDir Path directory) throws IOException {
    simulator = Okta.start(new Okta.Setup(0, directory, ZoneOffset.UTC, "secret-token"));
    control = new ControlDriver(simulator.address());
    control.post(
        "settings", "{'searchDelayMillis':0,'filterDelayMillis':0,'membershipDelayMillis':0}");
  }

  @BeforeAll
  static void allowPlainHttp() {
    System.setProperty("okta.testing.disableHttpsCheck", "true");
    // Else it answers reads from what it read before.
    System.setProperty("okta.client.cache.enabled", "false");
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void somebodyIsHiredChangedSuspendedAndLeaves() {
    ApiClient client = withToken();
    UserApi users = new UserApi(client);
    UserLifecycleApi lifecycle = new UserLifecycleApi(client);

    User made = staged(users, "ann");
    assertThat(made.getStatus()).isEqualTo(UserStatus.STAGED);
    String id = Objects.requireNonNull(made.getId());
    UserActivationToken token = lifecycle.activateUser(id, false);
    assertThat(token.getActivationUrl()).contains(String.valueOf(token.getActivationToken()));
    assertThat(read(users, id)).isEqualTo(UserStatus.PROVISIONED);

    users.updateUser(
        id, new UpdateUserRequest().profile(new UserProfile().title("Dean").city("X")), null);
    User changed =
        users
            .listUsers(null, null, null, null, null, "profile.title eq \"Dean\"", null, null)
            .getFirst();
    UserProfile profile = Objects.requireNonNull(changed.getProfile());
    assertThat(profile.getCity()).isEqualTo("X");
    assertThat(profile.getFirstName()).isEqualTo("Ann");

    lifecycle.suspendUser(id);
    assertThat(read(users, id)).isEqualTo(UserStatus.SUSPENDED);
    lifecycle.unsuspendUser(id);
    assertThat(read(users, id)).isEqualTo(UserStatus.ACTIVE);
    lifecycle.deactivateUser(id, false, null);
    assertThat(read(users, id)).isEqualTo(UserStatus.DEPROVISIONED);
    users.deleteUser(id, false, null);
    ApiException gone = catchThrowableOfType(ApiException.class, () -> read(users, id));
    assertThat(gone.getCode()).isEqualTo(404);
    assertThat(gone.getResponseBody()).contains("E0000007");
    assertThat(control.get("state?part=mails").path("mails").isEmpty()).isTrue();
  }

  @Test
  void aTakenLoginIsRefusedWithItsCause() {
    UserApi users = new UserApi(withToken());
    staged(users, "ann");

    ApiException refused = catchThrowableOfType(ApiException.class, () -> staged(users, "ann"));

    assertThat(refused.getCode()).isEqualTo(400);
    assertThat(refused.getResponseBody()).contains("An object with this field already exists");
  }

  @Test
  void groupsAreMadeJoinedAndLeft() {
    ApiClient client = withToken();
    GroupApi groups = new GroupApi(client);
    User user = staged(new UserApi(client), "ann");
    Group group =
        groups.addGroup(
            new AddGroupRequest().profile(new OktaUserGroupProfile().name("Staff General")));

    groups.assignUserToGroup(group.getId(), user.getId());
    groups.assignUserToGroup(group.getId(), user.getId());
    assertThat(groups.listGroupUsers(group.getId(), null, null))
        .extracting(member -> member.getId())
        .containsExactly(user.getId());
    groups.unassignUserFromGroup(group.getId(), user.getId());
    assertThat(groups.listGroupUsers(group.getId(), null, null)).isEmpty();
    List<Group> found =
        groups.listGroups(
            null, null, null, null, null, "profile.name eq \"Staff General\"", null, null);
    assertThat(found).extracting(Group::getId).containsExactly(group.getId());
    groups.deleteGroup(group.getId());
  }

  @Test
  void aFullLimitIsWaitedForAndThenTriedAgain() {
    control.post("faults", "{'fault':'tooMany','times':1,'millis':1000}");

    assertThat(new UserApi(withToken()).listUsers(null, null, null, null, null, null, null, null))
        .isEmpty();
    assertThat(control.get("requests").size()).isEqualTo(2);
  }

  @Test
  void aServiceApplicationSignsInWithItsKey() {
    TestKey key = TestKey.rsa("k1");
    control.post(
        "clients",
        "{'clientId':'0oa1','dpop':false,'scopes':['okta.users.manage'],'keys':[%s]}"
            .formatted(key.jwk().toString().replace('"', '\'')));
    ApiClient client =
        builder()
            .setAuthorizationMode(AuthorizationMode.PRIVATE_KEY)
            .setClientId("0oa1")
            .setKid("k1")
            .setScopes(Set.of("okta.users.manage"))
            .setPrivateKey(key.pair().getPrivate())
            .build();

    assertThat(staged(new UserApi(client), "ann").getStatus()).isEqualTo(UserStatus.STAGED);
    assertThat(control.get("requests").path(0).path("target").asString())
        .isEqualTo("/oauth2/v1/token");
  }

  @Test
  void aServiceApplicationProvesThatItHoldsAKey() {
    TestKey key = TestKey.rsa("k1");
    control.post(
        "clients",
        "{'clientId':'0oa1','scopes':['okta.users.manage'],'keys':[%s]}"
            .formatted(key.jwk().toString().replace('"', '\'')));
    ApiClient client =
        builder()
            .setAuthorizationMode(AuthorizationMode.PRIVATE_KEY)
            .setClientId("0oa1")
            .setKid("k1")
            .setScopes(Set.of("okta.users.manage"))
            .setPrivateKey(key.pair().getPrivate())
            .build();

    assertThat(staged(new UserApi(client), "ann").getStatus()).isEqualTo(UserStatus.STAGED);
  }

  @Test
  void peopleOfASourceAreLoadedInASession() {
    control.post("sources", "{'id':'0oaOne','label':'HCM'}");
    control.post("settings", "{'imports':{'millis':0,'rowMillis':0}}");
    ApiClient client = withToken();
    IdentitySourceApi sources = new IdentitySourceApi(client);

    IdentitySourceSession session = sources.createIdentitySourceSession("0oaOne");
    assertThat(session.getStatus()).isEqualTo(IdentitySourceSessionStatus.CREATED);
    String id = Objects.requireNonNull(session.getId());
    sources.uploadIdentitySourceDataForUpsert(
        "0oaOne",
        id,
        new BulkUpsertRequestBody()
            .entityType(BulkUpsertRequestBody.EntityTypeEnum.USERS)
            .profiles(
                List.of(
                    new BulkUpsertRequestBodyProfilesInner()
                        .externalId("7")
                        .profile(
                            new IdentitySourceUserProfileForUpsert()
                                .userName("ann@x.edu")
                                .email("ann@x.edu")
                                .firstName("Ann")
                                .lastName("Lee")))));
    assertThat(sources.listIdentitySourceSessions("0oaOne").getFirst().getStatus())
        .isEqualTo(IdentitySourceSessionStatus.IN_PROGRESS);
    sources.startImportFromIdentitySource("0oaOne", id);

    assertThat(sources.getIdentitySourceSession("0oaOne", id).getStatus())
        .isEqualTo(IdentitySourceSessionStatus.COMPLETED);
    assertThat(read(new UserApi(client), "ann@x.edu")).isEqualTo(UserStatus.PROVISIONED);
    ApiException early =
        catchThrowableOfType(
            ApiException.class, () -> sources.createIdentitySourceSession("0oaOne"));
    assertThat(early.getCode()).isEqualTo(400);
    assertThat(
            new SystemLogApi(client)
                .listLogEvents(
                    null, null, null, "eventType eq \"system.import.complete\"", null, null, null))
        .hasSize(1);
  }

  private ApiClient withToken() {
    return builder().setClientCredentials(new TokenClientCredentials("secret-token")).build();
  }

  private ClientBuilder builder() {
    return Clients.builder().setOrgUrl(simulator.address().toString());
  }

  private static User staged(UserApi users, String name) {
    return UserBuilder.instance()
        .setLogin(name + "@x.edu")
        .setEmail(name + "@x.edu")
        .setFirstName("Ann")
        .setLastName("Lee")
        .setActive(false)
        .buildAndCreate(users);
  }

  private static @Nullable UserStatus read(UserApi users, String id) {
    return users.getUser(id, null, null).getStatus();
  }
}
