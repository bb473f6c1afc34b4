package dev.rollcall.connector.campusmessage;

import dev.rollcall.spi.Delivery;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Inboxes that only read: touching the database fails the test. */
final class Readers {
  private static final DataSource NO_DATABASE =
      new AbstractDataSource() {
        @Override
        public java.sql.Connection getConnection() {
          throw new AssertionError("reading needs no database");
        }

        @Override
        public java.sql.Connection getConnection(String user, String password) {
          return getConnection();
        }
      };

  private Readers() {}

  static CampusMessage read(Delivery delivery) {
    return read(delivery, CampusMessageSettings.defaults());
  }

  static CampusMessage read(Delivery delivery, CampusMessageSettings settings) {
    return (CampusMessage)
        new CampusInbox(JdbcClient.create(NO_DATABASE), "campus", "campus", settings)
            .read(delivery);
  }
}
