package dev.rollcall.web.page;

import dev.rollcall.model.SubjectKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where pages are. */
final class Paths {

  private Paths() {}

  static String person(SubjectKey subject) {
    return "/people/" + encoded(subject.toString());
  }

  static String event(long id) {
    return "/events/" + id;
  }

  static String line(long id) {
    return "/lines/" + id;
  }

  /** The lines of a batch. */
  static String batch(String instance, String batch) {
    return "/lines?instance=" + encoded(instance) + "&batch=" + encoded(batch);
  }

  /** A text as it may stand in a path or a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
