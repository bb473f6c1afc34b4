package dev.rollcall.db;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.jspecify.annotations.Nullable;

/** Lets only warnings and errors of Flyway through; made by Flyway, which is given its name. */
public final class QuietFlywayLog implements LogCreator {
  /** For Flyway. */
  public QuietFlywayLog() {}

  @Override
  public Log createLogger(Class<?> owner) {
    return new Warnings(System.getLogger(owner.getName()));
  }

  private record Warnings(System.Logger logger) implements Log {
    @Override
    @SuppressWarnings("deprecation")
    public boolean isDebugEnabled() {
      return false;
    }

    @Override
    public void debug(String message) {}

    @Override
    public void info(String message) {}

    @Override
    public void warn(String message) {
      logger.log(System.Logger.Level.WARNING, message);
    }

    @Override
    public void error(String message) {
      logger.log(System.Logger.Level.ERROR, message);
    }

    @Override
    public void error(String message, @Nullable Exception failure) {
      logger.log(System.Logger.Level.ERROR, message, failure);
    }

    @Override
    public void notice(String message) {}
  }
}
