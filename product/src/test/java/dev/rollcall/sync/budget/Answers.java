package dev.rollcall.sync.budget;

import dev.rollcall.spi.Call;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Calls as they come to an end. */
final class Answers {

  static final String USERS = "/api/v1/users";

  private Answers() {}

  static Call ok(int limit, int remaining, Instant resets, Instant at) {
    return call(200, new Call.Room(limit, remaining, resets, at), Duration.ZERO);
  }

  static Call refused(int limit, int remaining, Instant resets, Instant at) {
    return call(429, new Call.Room(limit, remaining, resets, at), Duration.ZERO);
  }

  static Call call(@Nullable Integer status, Call.@Nullable Room room, Duration took) {
    return new Call(USERS, "GET", "/api/v1/users/x", false, status, room, null, null, took);
  }
}
