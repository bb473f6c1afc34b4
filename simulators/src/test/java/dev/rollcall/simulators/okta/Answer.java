package dev.rollcall.simulators.okta;

import dev.rollcall.simulators.state.Json;
import java.net.http.HttpHeaders;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a call was answered. */
record Answer(int status, HttpHeaders headers, String text) {
  JsonNode json() {
    return Json.MAPPER.readTree(text);
  }

  String code() {
    return text.isEmpty() ? "" : json().path("errorCode").asString("");
  }

  /** The first cause of an error. */
  String cause() {
    return json().path("errorCauses").path(0).path("errorSummary").asString("");
  }

  long header(String name) {
    return headers.firstValueAsLong(name).orElseThrow();
  }

  List<String> ids() {
    return json().valueStream().map(one -> one.path("id").asString()).toList();
  }

  /** Where a link leads; empty where there is none. */
  String link(String rel) {
    return headers.allValues("link").stream()
        .filter(line -> line.endsWith("; rel=\"" + rel + "\""))
        .map(line -> line.substring(1, line.indexOf('>')))
        .findFirst()
        .orElse("");
  }
}
