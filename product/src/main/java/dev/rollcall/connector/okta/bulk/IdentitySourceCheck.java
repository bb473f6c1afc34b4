package dev.rollcall.connector.okta.bulk;

import dev.rollcall.connector.okta.OktaCall;
import dev.rollcall.connector.okta.OktaClient;
import dev.rollcall.connector.okta.OktaConnection;
import dev.rollcall.connector.okta.OktaHeaders;
import dev.rollcall.connector.okta.OktaJson;
import dev.rollcall.http.Exchange;
import dev.rollcall.http.HttpSender;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.Call;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.Errand;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Looks whether an identity source can be given people: whether the app is there, what the
 * credentials may read, and whether every attribute stands in the app's profile and goes on to
 * Okta's. Changes nothing.
 *
 * <p>What is not certain: that a session may be opened shows with the first one, because the right
 * to change includes the right to look; of the app's schema only the address and that it looks like
 * the user schema is known ({@code facts/okta-rate-limit-buckets.txt}); and an attribute counts as
 * mapped when an expression names it as {@code appuser.NAME} or {@code source.NAME}. So what cannot
 * be looked at is said and no failure, and so is an attribute without a mapping, which may be
 * meant; one that the app's profile lacks is a failure.
 */
public final class IdentitySourceCheck {

  private final IdentitySourceSettings settings;
  private final HttpSender sender;
  private final Clock clock;

  /**
   * @param sender with the patience of the settings
   */
  public IdentitySourceCheck(IdentitySourceSettings settings, HttpSender sender, Clock clock) {
    this.settings = settings;
    this.sender = sender;
    this.clock = clock;
  }

  /**
   * What was found.
   *
   * @param ok whether people can be given as far as can be seen
   * @param said one line for each thing that was looked at, with the way out where it is not well
   */
  public record Standing(boolean ok, List<String> said) {
    public Standing {
      said = List.copyOf(said);
    }
  }

  /** Asks now; six calls and a few, which no budget knows of. */
  public Standing look() {
    return new Look(new OktaConnection(settings.tenant(), sender, clock)).all();
  }

  private final class Look {
    private final OktaConnection connection;
    private final Errand errand = new ByHand();
    private final List<String> said = new ArrayList<>();
    private boolean ok = true;

    Look(OktaConnection connection) {
      this.connection = connection;
    }

    Standing all() {
      try {
        int open = new Sessions(connection, errand, settings).open().size();
        said.add(
            "%s lets %s in and knows identity source %s, with %d open sessions; that sessions may be opened shows with the first one"
                .formatted(
                    settings.tenant().baseUrl().getHost(),
                    settings.tenant().auth(),
                    settings.sourceId(),
                    open));
      } catch (ConnectorException failure) {
        ok = false;
        said.add("%s: %s".formatted(settings.tenant().baseUrl().getHost(), failure.getMessage()));
        return new Standing(false, said);
      }
      needed(
          "users can be read, to see whose a login is",
          "okta.users.read",
          () -> new OktaClient(connection, errand).leastRead());
      needed(
          "the System Log can be read, to see who failed", "okta.logs.read", this::leastOfTheLog);
      schema();
      mappings();
      return new Standing(ok, said);
    }

    private void needed(String what, String scope, Runnable call) {
      try {
        call.run();
        said.add(what);
      } catch (ConnectorException failure) {
        ok = false;
        said.add("not so: %s; it takes the scope %s: %s".formatted(what, scope, text(failure)));
      }
    }

    private void leastOfTheLog() {
      Instant now = Instant.now(clock).truncatedTo(ChronoUnit.MILLIS);
      get(
          "/api/v1/logs",
          "since=%s&until=%s&limit=1"
              .formatted(
                  OktaCall.encoded(now.minus(Duration.ofMinutes(1)).toString()),
                  OktaCall.encoded(now.toString())),
          "/api/v1/logs");
    }

    private void schema() {
      JsonNode definitions;
      try {
        definitions =
            get(
                    "/api/v1/meta/schemas/apps/%s/default"
                        .formatted(OktaCall.encoded(settings.sourceId())),
                    null,
                    "/api/v1")
                .path("definitions");
      } catch (ConnectorException failure) {
        notLooked("the app's profile", "okta.schemas.read", failure);
        return;
      }
      TreeSet<String> missing = new TreeSet<>(settings.attributes());
      for (JsonNode part : definitions) {
        missing.removeAll(part.path("properties").propertyNames());
      }
      if (missing.isEmpty()) {
        said.add("the app's profile has all %d attributes".formatted(settings.attributes().size()));
      } else {
        ok = false;
        said.add(
            "the app's profile lacks %s: add them in Okta's Profile Editor as custom attributes of type string, or map less"
                .formatted(String.join(", ", missing)));
      }
    }

    private void mappings() {
      List<String> expressions = new ArrayList<>();
      try {
        OktaCall call =
            call(
                "/api/v1/mappings",
                "sourceId=%s&limit=200".formatted(OktaCall.encoded(settings.sourceId())));
        List<String> ids = new ArrayList<>();
        // A page or two: there is one mapping for each type of user.
        Exchange answer = connection.call(errand, call);
        mappingIds(answer, call, ids);
        Optional<String> next = OktaHeaders.next(answer.headers());
        if (next.isPresent()) {
          OktaCall more = call.with(next.get());
          mappingIds(connection.call(errand, more), more, ids);
        }
        for (String id : ids) {
          JsonNode mapping = get("/api/v1/mappings/" + OktaCall.encoded(id), null, "/api/v1");
          for (JsonNode property : mapping.path("properties")) {
            expressions.add(property.path("expression").asString(""));
          }
        }
      } catch (ConnectorException failure) {
        notLooked("what is mapped to Okta's profile", "okta.profileMappings.read", failure);
        return;
      }
      TreeSet<String> unmapped = new TreeSet<>(settings.attributes());
      // The login is mapped where the app's user name format is set.
      unmapped.remove(SourceProfiles.USER_NAME);
      unmapped.removeIf(name -> expressions.stream().anyMatch(names(name)));
      said.add(
          unmapped.isEmpty()
              ? "every attribute is mapped to Okta's profile"
              : "given, and mapped to nothing in Okta's profile as far as can be seen: "
                  + String.join(", ", unmapped));
    }

    private static Predicate<String> names(String attribute) {
      return Pattern.compile("\\b(appuser|source)\\." + Pattern.quote(attribute) + "\\b")
          .asPredicate();
    }

    private static void mappingIds(Exchange answer, OktaCall call, List<String> ids) {
      for (JsonNode mapping : OktaJson.tree(answer, call.named())) {
        String id = mapping.path("id").asString("");
        if (!id.isEmpty()) {
          ids.add(id);
        }
      }
    }

    private void notLooked(String what, String scope, ConnectorException failure) {
      boolean refused =
          failure.kind() == ErrorKind.REFUSED_CREDENTIALS || failure.kind() == ErrorKind.INVALID;
      said.add(
          "%s was not looked at%s: %s"
              .formatted(
                  what, refused ? "; grant the scope " + scope + " for it" : "", text(failure)));
    }

    private JsonNode get(String path, @Nullable String query, String bucket) {
      OktaCall call = new OktaCall("GET", path, query, bucket, false, false, null);
      return OktaJson.tree(connection.call(errand, call), call.named());
    }

    private static OktaCall call(String path, String query) {
      return new OktaCall("GET", path, query, "/api/v1", false, false, null);
    }

    private static String text(ConnectorException failure) {
      return String.valueOf(failure.getMessage());
    }
  }

  /** A person asks, for no event. */
  private static final class ByHand implements Errand {
    @Override
    public void before(String bucket, boolean write) {
      // Nothing stands against a few reads.
    }

    @Override
    public void after(Call call) {
      // The answer is shown to who asked.
    }

    @Override
    public void made(String accountId) {
      throw new IllegalStateException("a check makes no account");
    }
  }
}
