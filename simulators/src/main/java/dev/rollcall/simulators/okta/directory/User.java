package dev.rollcall.simulators.okta.directory;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One user as the tenant holds them.
 *
 * @param order rises with each creation; lists come in this order
 * @param transition a change of status that is under way
 * @param password whether there is one; none is kept
 * @param master the system their profile is kept in, where it is not Okta
 * @param realm the part of the tenant they were put into, if they were
 * @param profile by property name; a property without a value is not in it
 */
public record User(
    String id,
    long order,
    Status status,
    @Nullable Transition transition,
    Instant created,
    @Nullable Instant activated,
    @Nullable Instant statusChanged,
    Instant lastUpdated,
    @Nullable Instant passwordChanged,
    boolean password,
    String provider,
    @Nullable String master,
    @Nullable String realm,
    Map<String, JsonNode> profile) {

  /** Where the user will stand, and from when on. */
  public record Transition(Status to, Instant done) {}

  /** A profile value as text. */
  public Optional<String> text(String property) {
    return Optional.ofNullable(profile.get(property)).map(JsonNode::asString);
  }

  public String login() {
    return text("login").orElse("");
  }

  /** As they are at an instant: a transition that is over has happened. */
  User at(Instant now) {
    return transition == null || now.isBefore(transition.done())
        ? this
        : arrived(transition.to(), transition.done());
  }

  /** In another state since an instant. */
  User arrived(Status to, Instant when) {
    boolean activates = to == Status.ACTIVE || to == Status.PROVISIONED;
    return new User(
        id,
        order,
        to,
        null,
        created,
        activates && (activated == null || status == Status.DEPROVISIONED) ? when : activated,
        when,
        when,
        passwordChanged,
        // Deactivation is destructive: whoever comes back sets a password anew.
        password && to != Status.DEPROVISIONED,
        provider,
        master,
        realm,
        profile);
  }

  User underway(Status to, Instant done) {
    return new User(
        id,
        order,
        status,
        new Transition(to, done),
        created,
        activated,
        statusChanged,
        lastUpdated,
        passwordChanged,
        password,
        provider,
        master,
        realm,
        profile);
  }

  User with(
      Map<String, JsonNode> otherProfile,
      boolean newPassword,
      Optional<String> otherRealm,
      Instant when) {
    return new User(
        id,
        order,
        status,
        transition,
        created,
        activated,
        statusChanged,
        when,
        newPassword ? when : passwordChanged,
        password || newPassword,
        provider,
        master,
        otherRealm.orElse(realm),
        otherProfile);
  }

  User mastered(@Nullable String by, String otherProvider, Instant when) {
    return new User(
        id,
        order,
        status,
        transition,
        created,
        activated,
        statusChanged,
        when,
        passwordChanged,
        password,
        otherProvider,
        by,
        realm,
        profile);
  }
}
