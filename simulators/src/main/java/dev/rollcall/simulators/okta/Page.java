package dev.rollcall.simulators.okta;

import dev.rollcall.simulators.http.WireAnswer.Header;
import dev.rollcall.simulators.okta.directory.ErrorCode;
import dev.rollcall.simulators.okta.directory.Refusal;
import dev.rollcall.simulators.state.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One page of a list, with links to itself and to the next one. A cursor says after which element
 * the next page begins, by the element's place in the order, so that it holds whatever happens in
 * between.
 *
 * @param items of this page
 */
record Page<T>(List<T> items, List<Header> links) {
  /** An element's place: what is sorted by, then the order of creation. */
  private record Place(String key, long order) {}

  /**
   * Cuts a page out of a list.
   *
   * @param key what is sorted by; the same for all where the order of creation decides
   * @param order of creation
   * @param limit how many there may be, as the links will say
   * @throws Refusal E0000029 for a cursor that is none
   */
  static <T> Page<T> of(
      Ask ask,
      List<T> all,
      Function<T, String> key,
      Function<T, Long> order,
      boolean descending,
      int limit) {
    Comparator<Place> byKey = Comparator.comparing(Place::key);
    Comparator<Place> places =
        (descending ? byKey.reversed() : byKey).thenComparingLong(Place::order);
    Function<T, Place> place = item -> new Place(key.apply(item), order.apply(item));
    List<T> sorted =
        new ArrayList<>(all.stream().sorted(Comparator.comparing(place, places)).toList());
    Optional<Place> after = Optional.ofNullable(ask.query().get("after")).map(Page::place);
    after.ifPresent(last -> sorted.removeIf(item -> places.compare(place.apply(item), last) <= 0));
    List<T> items = sorted.subList(0, Math.min(limit, sorted.size()));
    List<Header> links = new ArrayList<>();
    Map<String, String> query = new LinkedHashMap<>();
    after.ifPresent(last -> query.put("after", cursor(last)));
    query.put("limit", String.valueOf(limit));
    ask.query().forEach(query::putIfAbsent);
    links.add(link(ask, query, "self"));
    if (sorted.size() > limit) {
      links.add(next(ask, query, place.apply(items.getLast())));
    }
    return new Page<>(List.copyOf(items), links);
  }

  /**
   * Cuts a page out of a list that grows, whose next page is always still to come.
   *
   * @param all in the order of creation
   * @param wanted which of them are to be in the page
   * @throws Refusal E0000029 for a cursor that is none
   */
  static <T> Page<T> growing(
      Ask ask, List<T> all, Predicate<T> wanted, Function<T, Long> order, int limit) {
    Optional<Place> after = Optional.ofNullable(ask.query().get("after")).map(Page::place);
    long from = after.map(Place::order).orElse(0L);
    List<T> items =
        all.stream().filter(item -> order.apply(item) > from).filter(wanted).limit(limit).toList();
    long last = all.isEmpty() ? 0 : order.apply(all.getLast());
    // A full page ends where it ends; else everything there is has been looked at.
    long to = items.size() == limit ? order.apply(items.getLast()) : Math.max(from, last);
    Map<String, String> query = new LinkedHashMap<>();
    after.ifPresent(place -> query.put("after", cursor(place)));
    query.put("limit", String.valueOf(limit));
    ask.query().forEach(query::putIfAbsent);
    return new Page<>(
        items, List.of(link(ask, query, "self"), next(ask, query, new Place("", to))));
  }

  private static Header next(Ask ask, Map<String, String> query, Place last) {
    Map<String, String> next = new LinkedHashMap<>();
    next.put("after", cursor(last));
    query.forEach(next::putIfAbsent);
    return link(ask, next, "next");
  }

  /** A link to the same list from elsewhere on. */
  static Header link(Ask ask, String name, String value, String rel) {
    Map<String, String> query = new LinkedHashMap<>(ask.query());
    query.put(name, value);
    return link(ask, query, rel);
  }

  Said said(Function<T, ? extends JsonNode> shown) {
    var array = Json.MAPPER.createArrayNode();
    items.forEach(item -> array.add(shown.apply(item)));
    return Said.ok(array, links.toArray(Header[]::new));
  }

  private static Header link(Ask ask, Map<String, String> query, String rel) {
    StringBuilder url = new StringBuilder(ask.base()).append(ask.wire().path());
    String separator = "?";
    for (Map.Entry<String, String> one : query.entrySet()) {
      url.append(separator).append(encode(one.getKey())).append('=').append(encode(one.getValue()));
      separator = "&";
    }
    return new Header("link", "<" + url + ">; rel=\"" + rel + "\"");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String cursor(Place place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.MAPPER.writeValueAsBytes(place));
  }

  private static Place place(String cursor) {
    try {
      return Json.MAPPER.readValue(Base64.getUrlDecoder().decode(cursor), Place.class);
    } catch (IllegalArgumentException | JacksonException e) {
      throw Refusal.of(ErrorCode.E0000029);
    }
  }
}
