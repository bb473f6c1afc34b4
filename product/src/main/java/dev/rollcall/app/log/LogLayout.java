package dev.rollcall.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import dev.rollcall.config.Settings.LogSettings;
import dev.rollcall.db.FaultText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of the log, for people or as JSON with the field names of the Elastic Common Schema. Of an
 * exception its kind and where it came from are told; its own words only when that was asked for,
 * because they may quote a person's data. Whatever a line holds, it stays one line.
 */
public final class LogLayout extends LayoutBase<ILoggingEvent> {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final int DEEPEST = 8;

  private final JsonMapper json = new JsonMapper();
  private volatile LogSettings settings = LogSettings.usual();

  /** Made by Logback, which is given its name. */
  public LogLayout() {}

  /** How lines are written from now on. */
  public void use(LogSettings wanted) {
    settings = wanted;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    return switch (settings.format()) {
      case TEXT -> text(event);
      case JSON -> json(event);
    };
  }

  private String text(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
    line.append(' ').append("%-5s".formatted(event.getLevel()));
    line.append(' ').append(shortened(event.getLoggerName())).append(' ');
    new TreeMap<>(event.getMDCPropertyMap())
        .forEach((name, value) ->
            line.append('[').append(name).append(' ').append(oneLine(value)).append("] "));
    line.append(oneLine(event.getFormattedMessage())).append('\n');
    if (event.getThrowableProxy() != null) {
      line.append(trace(event.getThrowableProxy()));
    }
    return line.toString();
  }

  private String json(ILoggingEvent event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("@timestamp", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
    line.put("log.level", event.getLevel().toString());
    line.put("message", String.valueOf(event.getFormattedMessage()));
    line.put("log.logger", event.getLoggerName());
    line.put("process.pid", ProcessHandle.current().pid());
    line.put("process.thread.name", event.getThreadName());
    new TreeMap<>(event.getMDCPropertyMap())
        .forEach((name, value) -> line.put("rollcall." + name, value));
    IThrowableProxy failure = event.getThrowableProxy();
    if (failure != null) {
      line.put("error.type", failure.getClassName());
      line.put("error.stack_trace", trace(failure));
    }
    line.put("ecs.version", "8.11");
    return json.writeValueAsString(line) + "\n";
  }

  private String trace(IThrowableProxy failure) {
    StringBuilder trace = new StringBuilder();
    @Nullable IThrowableProxy one = failure;
    for (int depth = 0; one != null && depth < DEEPEST; depth++) {
      trace.append(depth == 0 ? "" : "caused by ").append(told(one)).append('\n');
      StackTraceElementProxy[] frames = one.getStackTraceElementProxyArray();
      for (int i = 0; i < frames.length - one.getCommonFrames(); i++) {
        trace.append("\tat ").append(frames[i].getStackTraceElement()).append('\n');
      }
      one = one.getCause();
    }
    return trace.toString();
  }

  private String told(IThrowableProxy failure) {
    String kind =
        failure instanceof ThrowableProxy known
            ? FaultText.kind(known.getThrowable())
            : failure.getClassName();
    return settings.exceptionTexts() && failure.getMessage() != null
        ? kind + ": " + oneLine(failure.getMessage())
        : kind;
  }

  /** {@code d.r.sync.Worker} for {@code dev.rollcall.sync.Worker}. */
  private static String shortened(String logger) {
    return logger.replaceFirst("^dev\\.rollcall\\.", "d.r.");
  }

  /** Nobody writes a line of their own into the log. */
  private static String oneLine(@Nullable String text) {
    return String.valueOf(text).replace("\n", "\\n").replaceAll("\\p{Cntrl}", "?");
  }
}
