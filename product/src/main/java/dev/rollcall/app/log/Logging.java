package dev.rollcall.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.rollcall.config.Settings.LogSettings;
import java.util.Iterator;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Brings the log of this process into the form that is set. */
public final class Logging {

  private Logging() {}

  /**
   * From now on the log is written as these settings say, also what libraries write by the JDK's
   * own logging.
   */
  public static void start(LogSettings settings) {
    if (!SLF4JBridgeHandler.isInstalled()) {
      SLF4JBridgeHandler.removeHandlersForRootLogger();
      SLF4JBridgeHandler.install();
    }
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return;
    }
    for (Logger logger : context.getLoggerList()) {
      Iterator<Appender<ILoggingEvent>> appenders = logger.iteratorForAppenders();
      while (appenders.hasNext()) {
        if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> stream
            && stream.getEncoder() instanceof LayoutWrappingEncoder<ILoggingEvent> encoder
            && encoder.getLayout() instanceof LogLayout layout) {
          layout.use(settings);
        }
      }
    }
    // Ours alone: what libraries say in detail is full of values.
    context
        .getLogger("dev.rollcall")
        .setLevel(settings.level() == null ? null : Level.toLevel(settings.level()));
  }
}
