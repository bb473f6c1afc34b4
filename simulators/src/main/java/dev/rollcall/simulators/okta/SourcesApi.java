package dev.rollcall.simulators.okta;

import dev.rollcall.simulators.okta.directory.ErrorCode;
import dev.rollcall.simulators.okta.directory.Refusal;
import dev.rollcall.simulators.okta.source.Session;
import dev.rollcall.simulators.okta.source.Session.Fate;
import dev.rollcall.simulators.okta.source.Upload;
import dev.rollcall.simulators.state.Json;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The calls about sessions of identity sources. */
final class SourcesApi {
  private static final String MANAGE = "okta.identitySources.manage";
  private static final String READ = "okta.identitySources.read";

  private final Tenant tenant;

  SourcesApi(Tenant tenant) {
    this.tenant = tenant;
  }

  void routes(Routes routes) {
    String all = "/api/v1/identity-sources/{identitySourceId}/sessions";
    String one = all + "/{sessionId}";
    routes.add("GET", all, READ, this::list);
    routes.add("POST", all, MANAGE, this::create);
    routes.add("GET", one, READ, this::get);
    routes.add("DELETE", one, MANAGE, this::cancel);
    routes.add("POST", one + "/bulk-upsert", MANAGE, ask -> upload(ask, Upload.Kind.UPSERT));
    routes.add("POST", one + "/bulk-delete", MANAGE, ask -> upload(ask, Upload.Kind.DELETE));
    routes.add("POST", one + "/start-import", MANAGE, this::trigger);
  }

  private Said list(Ask ask) {
    var array = Json.MAPPER.createArrayNode();
    tenant.sources().active(source(ask)).forEach(session -> array.add(shown(session)));
    return Said.ok(array);
  }

  private Said create(Ask ask) {
    Session session = tenant.sources().create(source(ask), ask.number());
    // The document says 200; recorded traffic says 201.
    return new Said(201, List.of(), Optional.of(shown(session)));
  }

  private Said get(Ask ask) {
    return Said.ok(shown(tenant.sources().session(source(ask), session(ask))));
  }

  private Said cancel(Ask ask) {
    tenant.sources().cancel(source(ask), session(ask), ask.number());
    return Said.nothing();
  }

  private Said upload(Ask ask, Upload.Kind kind) {
    String body = ask.wire().body();
    if (body.isBlank()) {
      throw Refusal.of(ErrorCode.E0000003);
    }
    tenant
        .sources()
        .upload(
            source(ask),
            session(ask),
            kind,
            () -> ask.body("entityType", "profiles"),
            body.getBytes(StandardCharsets.UTF_8).length,
            ask.number());
    return new Said(202, List.of(), Optional.empty());
  }

  private Said trigger(Ask ask) {
    Fate fate =
        ask.fault()
            .map(fault ->
                switch (fault) {
                  case SESSION_ERROR -> Fate.ERROR;
                  case SESSION_HALF -> Fate.HALF;
                  case SESSION_STUCK -> Fate.STUCK;
                  case Fault other -> Fate.NORMAL;
                })
            .orElse(Fate.NORMAL);
    return Said.ok(shown(tenant.sources().trigger(source(ask), session(ask), fate, ask.number())));
  }

  private static String source(Ask ask) {
    return ask.path().getOrDefault("identitySourceId", "");
  }

  private static String session(Ask ask) {
    return ask.path().getOrDefault("sessionId", "");
  }

  private static ObjectNode shown(Session session) {
    ObjectNode shown = Json.MAPPER.createObjectNode();
    shown.put("id", session.id()).put("identitySourceId", session.source());
    shown.put("status", session.status().name()).put("importType", "INCREMENTAL");
    shown.put("created", UserJson.stamp(session.created().truncatedTo(ChronoUnit.SECONDS)));
    shown.put("lastUpdated", UserJson.stamp(session.lastUpdated().truncatedTo(ChronoUnit.SECONDS)));
    return shown;
  }
}
