package dev.rollcall.connector.okta;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Users and groups as Okta writes them. */
final class Users {

  static final String ANN = "00u1aaaaaaaaaaaaaaa7";
  static final String BOB = "00u2bbbbbbbbbbbbbbb7";
  static final String COHORT = "00g1ccccccccccccccc7";
  static final String STAFF = "00g2sssssssssssssss7";

  private Users() {}

  /**
   * A user.
   *
   * @param profile names and values by turns
   */
  static String user(String id, String status, String... profile) {
    Map<String, Object> user = new LinkedHashMap<>();
    user.put("id", id);
    user.put("status", status);
    user.put("created", "2026-01-02T03:04:05.000Z");
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < profile.length; i += 2) {
      values.put(profile[i], profile[i + 1]);
    }
    user.put("profile", values);
    return JsonMapper.shared().writeValueAsString(user);
  }

  static String ann(String status) {
    return user(
        ANN,
        status,
        "login",
        "ann@univ.edu",
        "email",
        "ann@univ.edu",
        "firstName",
        "Ann",
        "lastName",
        "Lee",
        "employeeNumber",
        "0001");
  }

  static String group(String id, String name, String type) {
    return "{\"id\":\"%s\",\"type\":\"%s\",\"profile\":{\"name\":\"%s\",\"description\":null}}"
        .formatted(id, type, name);
  }

  static String list(String... items) {
    return Arrays.stream(items).collect(Collectors.joining(",", "[", "]"));
  }
}
