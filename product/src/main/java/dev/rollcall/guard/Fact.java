package dev.rollcall.guard;

/** What is known of the place a database is in. */
enum Fact {
  /** Given to a server's data when they were first made; copies of its files have the same. */
  SYSTEM("system", "system identifier"),
  /** The database's name. */
  DATABASE("database", "database"),
  /** Given to a database when it was made on its server; a renamed one keeps it. */
  DATABASE_ID("databaseId", "database number"),
  /** Where the server keeps its files; only some users may see it. */
  DATA_DIRECTORY("dataDirectory", "data directory"),
  /** The server's address, or this machine's name when it is on this machine. */
  SERVER("server", "server"),
  /** What the server's settings call it. */
  CLUSTER("cluster", "cluster name");

  private final String code;
  private final String words;

  Fact(String code, String words) {
    this.code = code;
    this.words = words;
  }

  /** As stored and as answered to programs. */
  String code() {
    return code;
  }

  /** As people are told. */
  String words() {
    return words;
  }
}
