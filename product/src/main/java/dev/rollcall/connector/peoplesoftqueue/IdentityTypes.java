package dev.rollcall.connector.peoplesoftqueue;

import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.ConnectorException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PeopleSoft's own table of what holds for each identity type. */
public final class IdentityTypes {

  /**
   * One identity type, as it stands there.
   *
   * @param code CHG_IDP_UTYPE
   * @param loginFormat for example {@code [First].[Last]@univ.edu}
   * @param emailTypes from which types of e-mail the account has its own, the first one that is
   *     there
   * @param syncPhone whether the account has the phone
   * @param initialState STAGED or ACTIVE
   * @param groups of which its holder is a member
   * @param precedence of several types, the one with the smallest number leads
   */
  public record Type(
      String code,
      String loginFormat,
      List<String> emailTypes,
      boolean syncPhone,
      String initialState,
      List<String> groups,
      int precedence) {
    public Type {
      emailTypes = List.copyOf(emailTypes);
      groups = List.copyOf(groups);
    }
  }

  private static final Set<String> STATES = Set.of("STAGED", "ACTIVE");

  private final PeopleSoftDatabase database;
  private final QueueTables tables;

  public IdentityTypes(PeopleSoftDatabase database, QueueTables tables) {
    this.database = database;
    this.tables = tables;
  }

  /**
   * All of them, those that lead first.
   *
   * @throws ConnectorException when the read failed, or a row says nothing that can be followed
   */
  public List<Type> read() {
    List<Type> types =
        database.read(
            "the identity types cannot be read",
            jdbc ->
                jdbc.sql(
                        tables.sql(
                            "select {CHG_IDP_UTYPE}, {CHG_LOGIN_FORMAT}, {CHG_EMAIL_TYPES},"
                                + " {CHG_SYNC_PHONE}, {CHG_INIT_STATE}, {CHG_GROUPS}, {CHG_PRECEDENCE}"
                                + " from {identityTypes} order by {CHG_PRECEDENCE}, {CHG_IDP_UTYPE}"))
                    .query((row, _) -> type(row))
                    .list());
    if (types.isEmpty()) {
      throw invalid("it is empty");
    }
    Set<String> codes = new HashSet<>();
    for (Type type : types) {
      if (!codes.add(type.code())) {
        throw invalid("it has two rows for " + type.code());
      }
    }
    return types;
  }

  private Type type(ResultSet row) throws SQLException {
    String code = text(row, 1);
    String login = text(row, 2);
    String state = text(row, 5).toUpperCase(Locale.ROOT);
    if (code.isEmpty() || login.isEmpty()) {
      throw invalid("a row has no identity type or no login format");
    }
    if (!STATES.contains(state)) {
      throw invalid(
          "%s of %s is '%s', neither STAGED nor ACTIVE"
              .formatted(tables.name(QueueColumn.CHG_INIT_STATE), code, state));
    }
    return new Type(
        code,
        login,
        list(text(row, 3)),
        text(row, 4).equalsIgnoreCase("Y"),
        state,
        list(text(row, 6)),
        row.getInt(7));
  }

  private ConnectorException invalid(String why) {
    return new ConnectorException(
        ErrorKind.INVALID,
        "the identity types in %s cannot be used: %s".formatted(tables.identityTypes(), why),
        null);
  }

  private static String text(ResultSet row, int column) throws SQLException {
    @Nullable String text = row.getString(column);
    return text == null ? "" : text.strip();
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .distinct()
        .toList();
  }
}
