package dev.rollcall.db;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlTypeValue;
import org.springframework.jdbc.core.support.AbstractSqlTypeValue;

/**
 * Columns as array parameters: many rows travel in one statement, {@code unnest} makes rows of them
 * again. Null elements stay null.
 */
public final class SqlArrays {

  private SqlArrays() {}

  /** One text for each row; cast it to what the column is, for example {@code ::timestamptz[]}. */
  public static <T> SqlTypeValue texts(
      Collection<T> rows, Function<? super T, ? extends @Nullable Object> column) {
    @Nullable Object[] values = new @Nullable Object[rows.size()];
    int place = 0;
    for (T row : rows) {
      Object value = column.apply(row);
      values[place++] = value == null ? null : value.toString();
    }
    return new ArrayValue("text", values);
  }

  /** One whole number for each row. */
  public static <T> SqlTypeValue numbers(
      Collection<T> rows, Function<? super T, ? extends @Nullable Number> column) {
    @Nullable Object[] values = new @Nullable Object[rows.size()];
    int place = 0;
    for (T row : rows) {
      Number value = column.apply(row);
      values[place++] = value == null ? null : (Object) value.longValue();
    }
    return new ArrayValue("bigint", values);
  }

  /** These numbers as they are. */
  public static SqlTypeValue numbers(Collection<Long> values) {
    return numbers(values, value -> value);
  }

  private static final class ArrayValue extends AbstractSqlTypeValue {
    private final String type;
    private final @Nullable Object[] values;

    ArrayValue(String type, @Nullable Object[] values) {
      this.type = type;
      this.values = values;
    }

    @Override
    protected Array createTypeValue(Connection connection, int sqlType, @Nullable String typeName)
        throws SQLException {
      return connection.createArrayOf(type, values);
    }
  }
}
