package dev.rollcall.db;

import java.util.Map;
import java.util.TreeMap;

/** What every connection is made with, to the local server and to an external one alike. */
final class ConnectionSettings {
  /** A server that does not answer for this long is taken for hung. */
  static final int SOCKET_TIMEOUT_SECONDS = 60;

  /**
   * Run on each new connection rather than given at connecting, because connection poolers in front
   * of a server refuse parameters they do not know. The driver would set the machine's time zone. A
   * plan that is kept was made when the tables were empty, and reads them whole when they are full.
   */
  static final String FIRST_STATEMENT =
      "set idle_in_transaction_session_timeout = '30s'; set timezone = 'UTC'; "
          + "set plan_cache_mode = force_custom_plan";

  private ConnectionSettings() {}

  /** The driver's own settings. A URL's parameters win over them. */
  static Map<String, String> properties(int socketTimeoutSeconds) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("ApplicationName", "rollcall");
    properties.put("reWriteBatchedInserts", "true");
    properties.put("tcpKeepAlive", "true");
    properties.put("connectTimeout", "5");
    properties.put("loginTimeout", "10");
    properties.put("socketTimeout", Integer.toString(socketTimeoutSeconds));
    // The driver's default: a statement is prepared on the server from its fifth use on.
    properties.put("prepareThreshold", "5");
    return properties;
  }
}
