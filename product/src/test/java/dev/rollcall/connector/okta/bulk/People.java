package dev.rollcall.connector.okta.bulk;

import dev.rollcall.model.Account;
import dev.rollcall.model.Change;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.BulkTarget.Kind;
import dev.rollcall.spi.BulkTarget.Parcel;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Applications of people, and what is in a request. */
final class People {

  private People() {}

  static SubjectKey subject(String id) {
    return new SubjectKey("hcm", id);
  }

  static Value text(String text) {
    return text.isEmpty() ? new Value.Cleared() : new Value.Text(text);
  }

  /** Attributes by names and values in turns; an empty value is cleared. */
  static Map<String, Value> attributes(String... namesAndValues) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      attributes.put(namesAndValues[i], text(namesAndValues[i + 1]));
    }
    return attributes;
  }

  static Account account(String id, Account.Status status, Map<String, Value> attributes) {
    return new Account(id, status, attributes, List.of());
  }

  /** Somebody who is new. */
  static Application joiner(String id, String... more) {
    Map<String, Value> attributes =
        attributes(
            "userName",
            id + "@univ.edu",
            "email",
            id + "@univ.edu",
            "firstName",
            "Ann",
            "lastName",
            "Lee");
    attributes.putAll(attributes(more));
    return new Application(
        subject(id),
        null,
        new Account(null, Account.Status.ENABLED, attributes, List.of()),
        List.of(new Change.Create(id + "@univ.edu", "new")));
  }

  /** Somebody who was accepted and is to be deleted. */
  static Application leaver(String id) {
    Map<String, Value> attributes = attributes("userName", id + "@univ.edu");
    return new Application(
        subject(id),
        account(id, Account.Status.ENABLED, attributes),
        account(id, Account.Status.DISABLED, attributes),
        List.of(new Change.Deactivate("left")));
  }

  /** A request that gives people with a profile of a login alone. */
  static Parcel upsert(String... ids) {
    return new Packing(Desk.settings(URI.create("https://example.okta.com")))
        .pack(List.of(ids).stream().map(id -> joiner(id)).toList())
        .parcels()
        .getFirst();
  }

  static Parcel delete(String... ids) {
    return new Packing(Desk.settings(URI.create("https://example.okta.com")))
        .pack(List.of(ids).stream().map(People::leaver).toList())
        .parcels()
        .getFirst();
  }

  /** The items of a request. */
  static List<JsonNode> items(Parcel parcel) {
    JsonNode body = JsonMapper.shared().readTree(parcel.body());
    if (!body.path("entityType").asString().equals("USERS") || body.size() != 2) {
      throw new AssertionError("no request: " + parcel.body());
    }
    return body.path("profiles").valueStream().toList();
  }

  static List<String> ids(Parcel parcel) {
    return items(parcel).stream().map(item -> item.path("externalId").asString()).toList();
  }

  static List<Parcel> of(List<Parcel> parcels, Kind kind) {
    return parcels.stream().filter(parcel -> parcel.kind() == kind).toList();
  }
}
