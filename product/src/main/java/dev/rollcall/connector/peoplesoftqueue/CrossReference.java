package dev.rollcall.connector.peoplesoftqueue;

import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.ConnectorException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * PeopleSoft's own table of who has which account. It is read once, to begin with, and written
 * after each create and adoption; after that it is a copy, and Rollcall's links decide. Safe for
 * use by many threads and processes.
 */
public final class CrossReference {

  /**
   * One row.
   *
   * @param oprid whose account it is
   * @param identityType CHG_IDP_UTYPE; null when blank
   * @param oktaId the other side's own id
   * @param login the account's login; null when blank
   */
  public record Entry(
      String oprid, @Nullable String identityType, String oktaId, @Nullable String login) {}

  private final PeopleSoftDatabase database;
  private final QueueTables tables;

  public CrossReference(PeopleSoftDatabase database, QueueTables tables) {
    this.database = database;
    this.tables = tables;
  }

  /**
   * Hands over every row with an account, in the order of OPRIDs, one after the other while they
   * are read. An OPRID may come more than once where a site keeps a row for each identity type.
   *
   * @throws ConnectorException when the read failed; then some may have been handed over
   */
  public void each(Consumer<Entry> consumer) {
    String sql =
        tables.sql(
            "select {OPRID}, {CHG_IDP_UTYPE}, {CHG_OKTA_ID}, {CHG_OKTA_LOGIN_ID}"
                + " from {crossReference} order by {OPRID}, {CHG_IDP_UTYPE}");
    RowCallbackHandler reading =
        row -> {
          Entry entry = entry(row);
          if (entry != null) {
            consumer.accept(entry);
          }
        };
    // In a transaction, because only then PostgreSQL hands over rows in parts.
    database.inTransaction(
        "the cross-reference cannot be read",
        jdbc -> {
          jdbc.sql(sql).query(reading);
          return true;
        });
  }

  private static @Nullable Entry entry(ResultSet row) throws SQLException {
    String oprid = text(row, 1);
    String oktaId = text(row, 3);
    return oprid == null || oktaId == null
        ? null
        : new Entry(oprid, text(row, 2), oktaId, text(row, 4));
  }

  private static @Nullable String text(ResultSet row, int column) throws SQLException {
    String text = row.getString(column);
    return text == null || text.isBlank() ? null : text.strip();
  }

  /**
   * Makes the row of this OPRID say this, and when it was written. What it says already is not
   * written again. Where a site keeps several rows for one OPRID, each keeps its identity type.
   * Where the login is not known, the one that stands with the same account stays.
   *
   * @throws ConnectorException when the write failed
   */
  public void write(Entry entry) {
    try {
      writeOnce(entry);
    } catch (ConnectorException failure) {
      if (failure.kind() != ErrorKind.CONFLICT) {
        throw failure;
      }
      writeOnce(entry); // another process made the row meanwhile
    }
  }

  private void writeOnce(Entry entry) {
    database.inTransaction(
        "the cross-reference cannot be written",
        jdbc -> {
          List<Entry> present = present(jdbc, entry.oprid());
          Entry whole = withLogin(entry, present);
          if (present.isEmpty()) {
            insert(jdbc, whole);
          } else if (!said(present, whole)) {
            update(jdbc, whole, present.size() == 1);
          }
          return true;
        });
  }

  private static Entry withLogin(Entry entry, List<Entry> present) {
    return entry.login() != null
        ? entry
        : present.stream()
            .filter(row -> row.oktaId().equals(entry.oktaId()) && row.login() != null)
            .findFirst()
            .map(row -> new Entry(entry.oprid(), entry.identityType(), entry.oktaId(), row.login()))
            .orElse(entry);
  }

  private static boolean said(List<Entry> present, Entry entry) {
    return present.size() == 1
        ? present.contains(entry)
        : present.stream()
            .allMatch(row ->
                row.oktaId().equals(entry.oktaId())
                    && String.valueOf(row.login()).equals(String.valueOf(entry.login())));
  }

  /** Also rows that name no account. */
  private List<Entry> present(JdbcClient jdbc, String oprid) {
    return jdbc.sql(
            tables.sql(
                "select {OPRID}, {CHG_IDP_UTYPE}, {CHG_OKTA_ID}, {CHG_OKTA_LOGIN_ID}"
                    + " from {crossReference} where {OPRID} = ?"))
        .param(oprid)
        .query((row, _) -> {
          String oktaId = text(row, 3);
          return new Entry(oprid, text(row, 2), oktaId == null ? "" : oktaId, text(row, 4));
        })
        .list();
  }

  private void insert(JdbcClient jdbc, Entry entry) {
    jdbc.sql(
            tables.sql(
                    "insert into {crossReference} ({OPRID}, {CHG_IDP_UTYPE}, {CHG_OKTA_ID},"
                        + " {CHG_OKTA_LOGIN_ID}, {LASTUPDDTTM}) values (?, ?, ?, ?, ")
                + database.dialect().now()
                + ")")
        .param(entry.oprid())
        .param(ErrorText.orBlank(entry.identityType()))
        .param(entry.oktaId())
        .param(ErrorText.orBlank(entry.login()))
        .update();
  }

  private void update(JdbcClient jdbc, Entry entry, boolean withIdentityType) {
    String type = withIdentityType ? "{CHG_IDP_UTYPE} = :type, " : "";
    jdbc.sql(
            tables.sql(
                    "update {crossReference} set "
                        + type
                        + "{CHG_OKTA_ID} = :account, {CHG_OKTA_LOGIN_ID} = :login, {LASTUPDDTTM} = ")
                + database.dialect().now()
                + tables.sql(" where {OPRID} = :oprid"))
        .param("type", ErrorText.orBlank(entry.identityType()))
        .param("account", entry.oktaId())
        .param("login", ErrorText.orBlank(entry.login()))
        .param("oprid", entry.oprid())
        .update();
  }

  /** Those it knows an account of and this query does not name, in order; no more than a limit. */
  List<String> notIn(String everybody, int limit) {
    String sql =
        tables.sql(
                "select distinct x.{OPRID} from {crossReference} x"
                    + " where x.{CHG_OKTA_ID} <> ' ' and not exists (select 1 from (")
            + everybody
            + tables.sql(") e where e.OPRID = x.{OPRID}) order by x.{OPRID}")
            + database.dialect().firstRows(limit);
    return database.read(
        "the cross-reference cannot be compared with the query 'everybody'",
        jdbc -> jdbc.sql(sql).query((row, _) -> row.getString(1).strip()).list());
  }
}
