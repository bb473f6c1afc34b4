package dev.rollcall.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.rollcall.config.Settings.LogFormat;
import dev.rollcall.config.Settings.LogSettings;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a line of the log looks. */
class LogLayoutTest {

  private static final LogSettings JSON = new LogSettings(LogFormat.JSON, null, false);

  private final LogLayout layout = new LogLayout();

  private String line(String message, @Nullable Throwable failure, Object... arguments) {
    LoggerContext context = new LoggerContext();
    LoggingEvent event =
        new LoggingEvent(
            "",
            context.getLogger("dev.rollcall.sync.Worker"),
            Level.WARN,
            message,
            failure,
            arguments);
    event.setTimeStamp(0);
    event.setThreadName("worker");
    event.setMDCPropertyMap(Map.of("instance", "campus", "event", "12"));
    return layout.doLayout(event);
  }

  @Test
  void aLineForPeopleNamesInstanceAndEvent() {
    assertThat(line("Something about {}", null, 7))
        .isEqualTo(
            "1970-01-01T00:00:00.000Z WARN  d.r.sync.Worker [event 12] [instance campus] Something"
                + " about 7\n");
  }

  @Test
  void aLineForProgramsIsOneJsonObject() {
    layout.use(JSON);
    String line = line("Two\nlines", null);
    assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
    JsonNode json = new JsonMapper().readTree(line);
    assertThat(json.path("message").asString()).isEqualTo("Two\nlines");
    assertThat(json.path("@timestamp").asString()).isEqualTo("1970-01-01T00:00:00.000Z");
    assertThat(json.path("log.level").asString()).isEqualTo("WARN");
    assertThat(json.path("rollcall.instance").asString()).isEqualTo("campus");
    assertThat(json.path("rollcall.event").asString()).isEqualTo("12");
    assertThat(json.has("error.type")).isFalse();
  }

  @Test
  void nobodyWritesALineOfTheirOwn() {
    assertThat(line("asked for {}", null, "x\r\n1970 ERROR all is lost\u001b[2J"))
        .containsOnlyOnce("\n")
        .contains("asked for x?\\n1970 ERROR all is lost?[2J");
  }

  @Test
  void anExceptionIsToldWithoutItsWordsUnlessTheyAreAskedFor() {
    IllegalStateException failure =
        new IllegalStateException(
            "about Planted", new SQLException("Key (login)=(planted) exists", "23505"));
    failure.addSuppressed(new IllegalArgumentException("planted too"));
    for (LogFormat format : LogFormat.values()) {
      layout.use(new LogSettings(format, null, false));
      assertThat(line("It failed", failure))
          .contains("IllegalStateException", "caused by SQLException (SQLState 23505)")
          .contains("at dev.rollcall.app.log.LogLayoutTest")
          .doesNotContainIgnoringCase("planted");
      layout.use(new LogSettings(format, null, true));
      assertThat(line("It failed", failure)).contains("about Planted", "Key (login)=(planted)");
    }
  }
}
