package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.InProcess.Done;
import dev.rollcall.model.Priority;
import dev.rollcall.spi.Call;
import dev.rollcall.sync.budget.BudgetSettings;
import dev.rollcall.sync.budget.Pace;
import dev.rollcall.sync.budget.RateBudget;
import dev.rollcall.web.RunningService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How the budgets stand, from the command line and over the REST API. */
class BudgetCommandTest {

  private static RunningService service;
  private static InProcess commands;

  @BeforeAll
  static void start() {
    service = RunningService.start();
    commands = new InProcess(service);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void whatWasLearnedIsShown() {
    Done nothing = commands.run("budget");
    assertThat(nothing.exit()).as(nothing.err()).isZero();
    assertThat(nothing.out()).isEqualTo("Nothing was called yet." + System.lineSeparator());

    RateBudget budget =
        new RateBudget(
            service.database(),
            Clock.systemUTC(),
            Pace.real(),
            new Random(1),
            "okta",
            BudgetSettings.defaults());
    budget.acquire("/api/v1/users", Priority.NORMAL);
    Instant at = Instant.parse("2026-11-20T12:00:00Z");
    Call.Room room = new Call.Room(300, 299, at.plusSeconds(60), at);
    budget.learn(
        new Call(
            "/api/v1/users",
            "GET",
            "/api/v1/users/x",
            false,
            200,
            room,
            null,
            null,
            Duration.ofMillis(5)));

    Done listed = commands.run("budget", "--json");
    assertThat(listed.exit()).as(listed.err()).isZero();
    JsonNode one = listed.json().get(0);
    assertThat(one.propertyNames())
        .contains(
            "target", "bucket", "limit", "remaining", "reserve", "resetsAt", "waiting", "eta");
    assertThat(one.path("limit").asInt()).isEqualTo(300);
    assertThat(one.path("remaining").asInt()).isEqualTo(299);
    assertThat(Instant.parse(one.path("resetsAt").asString())).isAfter(Instant.EPOCH);
    assertThat(commands.run("budget").out()).contains("okta", "/api/v1/users", "300", "20 %");
  }
}
