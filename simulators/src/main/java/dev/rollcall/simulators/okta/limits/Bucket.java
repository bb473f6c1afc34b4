package dev.rollcall.simulators.okta.limits;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which rate limit a call draws on: the exact address and method first, else the longest prefix.
 * Names and table are those of Okta's own test data.
 */
public final class Bucket {
  public static final String OTHER = "/api/v1";
  public static final String USERS = "/api/v1/users";
  public static final String USER = "/api/v1/users/{id}";
  public static final String USER_READ = "/api/v1/users/{id:.+}";
  public static final String ME = "/api/v1/users/me";
  public static final String FACTOR_VERIFY =
      "/api/v1/users/{userId}/factors/{userFactorIdOrFactorType}/verify";
  public static final String GROUPS = "/api/v1/groups";
  public static final String GROUP = "/api/v1/groups/{id}";
  public static final String SKINNY_USERS = "/api/v1/groups/{id}/skinny_users";
  public static final String LOGS = "/api/v1/logs";
  public static final String TOKEN = "/oauth2/v1/token";

  private static final String SESSIONS = "/api/v1/identity-sources/{id}/sessions";

  private Bucket() {}

  /**
   * The bucket of a call.
   *
   * @param segments of the path, decoded, without empty ones
   */
  public static String of(String method, List<String> segments) {
    if (segments.equals(List.of("oauth2", "v1", "token"))) {
      return TOKEN;
    }
    if (segments.size() < 3) {
      return OTHER;
    }
    List<String> rest = segments.subList(3, segments.size());
    return switch (segments.get(2)) {
      case "users" -> users(method, rest);
      case "groups" -> groups(rest);
      case "logs" -> LOGS;
      case "identity-sources" -> sources(rest);
      default -> OTHER;
    };
  }

  /**
   * The limits per minute of a whole tenant, as last published for Workforce Identity; those of
   * identity sources and of the token endpoint are twice what one client was seen to be granted.
   */
  public static Map<String, Integer> published() {
    Map<String, Integer> limits = new LinkedHashMap<>();
    limits.put(USERS, 600);
    limits.put(USER, 600);
    limits.put(USER_READ, 2000);
    limits.put(ME, 600);
    limits.put(FACTOR_VERIFY, 600);
    limits.put(GROUPS, 500);
    limits.put(GROUP, 1000);
    limits.put(SKINNY_USERS, 500);
    limits.put(LOGS, 120);
    limits.put(SESSIONS, 30);
    limits.put(SESSIONS + "/{sessionId}/bulk-upsert", 30);
    limits.put(SESSIONS + "/{sessionId}/bulk-delete", 30);
    limits.put(SESSIONS + "/{sessionId}/start-import", 30);
    limits.put(TOKEN, 300);
    limits.put(OTHER, 1200);
    return limits;
  }

  private static String users(String method, List<String> rest) {
    if (rest.size() == 1) {
      boolean me = rest.getFirst().equals("me");
      return switch (method) {
        case "GET" -> me ? ME : USER_READ;
        default -> me ? USERS : USER;
      };
    }
    boolean verify =
        rest.size() == 4 && rest.get(1).equals("factors") && rest.get(3).equals("verify");
    return verify && method.equals("POST") ? FACTOR_VERIFY : USERS;
  }

  private static String groups(List<String> rest) {
    if (rest.size() == 1 && !rest.getFirst().equals("rules")) {
      return GROUP;
    }
    return rest.size() == 2 && rest.get(1).equals("skinny_users") ? SKINNY_USERS : GROUPS;
  }

  private static String sources(List<String> rest) {
    if (rest.size() < 2 || !rest.get(1).equals("sessions")) {
      return OTHER;
    }
    if (rest.size() == 4
        && List.of("bulk-upsert", "bulk-delete", "start-import").contains(rest.get(3))) {
      return SESSIONS + "/{sessionId}/" + rest.get(3);
    }
    return SESSIONS;
  }
}
