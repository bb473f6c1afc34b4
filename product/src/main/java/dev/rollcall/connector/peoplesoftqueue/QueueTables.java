package dev.rollcall.connector.peoplesoftqueue;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the tables of the queue and their columns are called at a site. A name is an identifier that
 * needs no quotes; a table's may stand behind its schema's.
 *
 * @param header one row for each batch
 * @param lines one row for each line of a batch
 * @param crossReference who has which account
 * @param identityTypes what holds for an identity type
 * @param columns those that are called otherwise than in the source document
 * @param groupColumn of a line: the one group it is about; null where lines name none
 */
public record QueueTables(
    String header,
    String lines,
    String crossReference,
    String identityTypes,
    Map<QueueColumn, String> columns,
    @Nullable String groupColumn) {

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_$#]{0,127}");

  /**
   * @throws IllegalArgumentException when a name is no identifier
   */
  public QueueTables {
    columns = Map.copyOf(columns);
    table(header);
    table(lines);
    table(crossReference);
    table(identityTypes);
    columns.values().forEach(QueueTables::identifier);
    if (groupColumn != null) {
      identifier(groupColumn);
    }
  }

  /** The names of the source document. */
  public static QueueTables ofTheSeed() {
    return new QueueTables(
        "PS_CHG_OK_REQ_HDR",
        "PS_CHG_OK_REQ_DTL",
        "PS_CHG_OPR_OKTA_ID",
        "PS_CHG_IDP_UTYPE",
        Map.of(),
        null);
  }

  /** What this column is called here. */
  public String name(QueueColumn column) {
    return columns.getOrDefault(column, column.name());
  }

  /** A statement in which each column of the source document, in braces, has its name here. */
  String sql(String text) {
    String named = text;
    for (QueueColumn column : QueueColumn.values()) {
      named = named.replace("{" + column.name() + "}", name(column));
    }
    return named
        .replace("{header}", header)
        .replace("{lines}", lines)
        .replace("{crossReference}", crossReference)
        .replace("{identityTypes}", identityTypes);
  }

  private static void table(String name) {
    String[] parts = name.split("\\.", -1);
    if (parts.length > 2) {
      throw noIdentifier(name);
    }
    for (String part : parts) {
      identifier(part);
    }
  }

  private static void identifier(String name) {
    if (!IDENTIFIER.matcher(name).matches()) {
      throw noIdentifier(name);
    }
  }

  private static IllegalArgumentException noIdentifier(String name) {
    return new IllegalArgumentException(
        "'%s' is no name of a table or column: letters, digits and _ $ #, not beginning with a digit, without quotes"
            .formatted(name));
  }
}
