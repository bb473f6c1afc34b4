package dev.rollcall.connector.peoplesoftqueue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.ConnectorException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailureTest {

  private static ConnectorException failure(Dialect dialect, String state, int code) {
    return SqlFailure.of(
        dialect, "it failed", new RuntimeException(new SQLException("Miller", state, code)));
  }

  @ParameterizedTest
  @CsvSource({
    "72000, 1017, REFUSED_CREDENTIALS",
    "42000, 942, INVALID",
    "42000, 904, INVALID",
    "42000, 1031, REFUSED_CREDENTIALS",
    "23000, 1, CONFLICT",
    "72000, 12899, INVALID",
    "61000, 60, UNAVAILABLE",
    "08006, 17002, UNAVAILABLE",
    "66000, 12541, UNAVAILABLE",
    "99999, 4711, UNAVAILABLE",
  })
  void codesOfOracleAreUnderstood(String state, int code, ErrorKind kind) {
    assertThat(failure(new Dialect.Oracle(), state, code).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "S0001, 18456, REFUSED_CREDENTIALS",
    "S0002, 208, INVALID",
    "S0001, 207, INVALID",
    "S0005, 229, REFUSED_CREDENTIALS",
    "23000, 2627, CONFLICT",
    "40001, 1205, UNAVAILABLE",
    "08S01, 0, UNAVAILABLE",
  })
  void codesOfSqlServerAreUnderstood(String state, int code, ErrorKind kind) {
    assertThat(failure(new Dialect.SqlServer(), state, code).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "28P01, REFUSED_CREDENTIALS",
    "42501, REFUSED_CREDENTIALS",
    "42P01, INVALID",
    "42703, INVALID",
    "22001, INVALID",
    "3D000, INVALID",
    "23505, CONFLICT",
    "40P01, UNAVAILABLE",
    "57014, UNAVAILABLE",
    "57P01, UNAVAILABLE",
    "53300, UNAVAILABLE",
    "07006, UNREADABLE",
  })
  void statesOfPostgresqlAreUnderstood(String state, ErrorKind kind) {
    assertThat(failure(new Dialect.PostgreSql(), state, 0).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({"22001, 0", "23505, 0", "72000, 12899", "42000, 1722", "40001, 1205"})
  void whatMayQuoteValuesIsNotTold(String state, int code) {
    for (Dialect dialect :
        new Dialect[] {new Dialect.PostgreSql(), new Dialect.Oracle(), new Dialect.SqlServer()}) {
      assertThat(failure(dialect, state, code))
          .hasNoCause()
          .hasMessageContaining("SQLSTATE " + state)
          .hasMessageNotContaining("Miller");
    }
  }

  @Test
  void theDatabasesAnswerCountsAndNotThePoolsOpinionOfIt() {
    SQLException refused = new SQLException("password authentication failed", "28P01");
    ConnectorException failure =
        SqlFailure.of(
            new Dialect.PostgreSql(),
            "it failed",
            new SQLTransientConnectionException("timed out", refused));

    assertThat(failure.kind()).isEqualTo(ErrorKind.REFUSED_CREDENTIALS);
    assertThat(failure).hasMessage("it failed: password authentication failed");
  }

  @Test
  void theOtherDialectsAskWithTheirOwnWords() {
    assertThat(new Dialect.Oracle().firstRows(5)).isEqualTo(" fetch first 5 rows only");
    assertThat(new Dialect.SqlServer().firstRows(5))
        .isEqualTo(" offset 0 rows fetch next 5 rows only");
    assertThat(new Dialect.Oracle().askNow()).endsWith("from dual");
  }
}
