package dev.rollcall.connector.repository;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.Account;
import dev.rollcall.spi.AccountDirectory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The identities of the repository, as people look for them. */
public final class RepositoryDirectory implements AccountDirectory {

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private static final String COLUMNS =
      """
      id, login, status, attributes ->> 'email' as email,
      nullif(concat_ws(' ', attributes ->> 'first_name', attributes ->> 'last_name'), '') as name
      """;

  /** Nothing typed gives no query, and a query that is null finds nothing. */
  private static final String FIND =
      """
      select COLUMNS from identity
      where identity_words(login, attributes) @@ (
        select string_agg(quote_literal(word) || ':*', ' & ')::tsquery
        from unnest(string_to_array(search_plain(:typed), ' ')) word where word <> '')
      limit :limit
      """
          .replace("COLUMNS", COLUMNS);

  private final JdbcClient jdbc;

  public RepositoryDirectory(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<Listed> find(String typed, int limit) {
    return jdbc.sql(FIND)
        .param("typed", typed.replace('\0', ' '))
        .param("limit", limit)
        .query(RepositoryDirectory::listed)
        .list();
  }

  @Override
  public Map<String, Listed> list(Collection<String> ids) {
    List<Long> numbers =
        ids.stream().filter(id -> NUMBER.matcher(id).matches()).map(Long::valueOf).toList();
    if (numbers.isEmpty()) {
      return Map.of();
    }
    return jdbc
        .sql("select " + COLUMNS + " from identity where id = any(:ids)")
        .param("ids", SqlArrays.numbers(numbers))
        .query(RepositoryDirectory::listed)
        .list()
        .stream()
        .collect(Collectors.toMap(Listed::id, Function.identity()));
  }

  private static Listed listed(ResultSet row, int number) throws SQLException {
    @Nullable String name = row.getString("name");
    return new Listed(
        row.getString("id"),
        row.getString("login"),
        name,
        row.getString("email"),
        Account.Status.valueOf(row.getString("status")));
  }
}
