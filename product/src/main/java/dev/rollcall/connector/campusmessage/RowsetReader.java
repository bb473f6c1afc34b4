package dev.rollcall.connector.campusmessage;

import dev.rollcall.model.Value;
import dev.rollcall.spi.RefusedDelivery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the anatomy of a rowset message: one Transaction, the level-0 row in it, rows within rows,
 * the PSCAMA of a child row behind it and the Transaction's own one last ({@code
 * facts/peoplesoft.md §4.1}).
 */
final class RowsetReader {
  private static final String PSCAMA = "PSCAMA";

  /** PeopleSoft's EMPLID has 11 characters; sites have widened it. */
  private static final int MAX_EMPLID = 64;

  /**
   * What one message says.
   *
   * @param emplid who it is about
   * @param rows in the order their elements begin, each with its action
   */
  record Rowset(String emplid, RootAction action, List<SentRow> rows) {}

  private final XmlCursor cursor;
  private final CampusMessageSettings settings;
  private final List<OpenRow> rows = new ArrayList<>();
  private String rootAction = "";
  private int transactions;

  /**
   * @param cursor on the root element
   */
  RowsetReader(XmlCursor cursor, CampusMessageSettings settings) {
    this.cursor = cursor;
    this.settings = settings;
  }

  /** Reads to the end of the document. */
  Rowset read() {
    while (cursor.child()) {
      if (cursor.name().equals("MsgData")) {
        messageData();
      } else {
        cursor.skip();
      }
    }
    cursor.end();
    if (transactions != 1) {
      throw refused(
          "the message has %d %s elements in MsgData, not exactly one"
              .formatted(transactions, settings.dataNode()));
    }
    RootAction action =
        settings.ignoreRootAuditAction() ? RootAction.CHANGE : RootAction.of(rootAction);
    return new Rowset(emplid(), action, rows.stream().map(row -> row.sent(action)).toList());
  }

  private void messageData() {
    while (cursor.child()) {
      boolean first = cursor.name().equals(settings.dataNode()) && ++transactions == 1;
      if (first) {
        transaction();
      } else {
        cursor.skip();
      }
    }
  }

  private void transaction() {
    while (cursor.child()) {
      if (cursor.name().equals(PSCAMA)) {
        rootAction = auditAction();
      } else if (cursor.isRow()) {
        row(true);
      } else {
        throw cursor.malformed(
            cursor.name() + " in " + settings.dataNode() + " is not marked class=\"R\"");
      }
    }
  }

  private OpenRow row(boolean levelZero) {
    OpenRow row = new OpenRow(cursor.name(), levelZero);
    rows.add(row);
    OpenRow before = null;
    while (cursor.child()) {
      if (cursor.name().equals(PSCAMA)) {
        close(before);
        before = null;
      } else if (cursor.isRow()) {
        before = row(false);
      } else {
        field(row);
        before = null;
      }
    }
    return row;
  }

  private void field(OpenRow row) {
    String name = cursor.name();
    if (row.fields.put(name, Value.of(cursor.text())) != null) {
      throw cursor.malformed(name + " is there twice in one row of " + row.record);
    }
  }

  /** A PSCAMA belongs to the row right before it; one behind nothing would have to be guessed. */
  private void close(@Nullable OpenRow row) {
    if (row == null) {
      throw cursor.malformed("a PSCAMA does not stand right behind a row");
    }
    String code = auditAction();
    row.action =
        SentRow.Action.of(code)
            .orElseThrow(() ->
                cursor.malformed(
                    "AUDIT_ACTN "
                        + SentRow.Action.printable(code)
                        + " of a row of "
                        + row.record
                        + " is not one of A, C, D, K, N, O or blank"));
  }

  private String auditAction() {
    String action = "";
    while (cursor.child()) {
      if (cursor.name().equals("AUDIT_ACTN")) {
        action = cursor.text().strip();
      } else {
        cursor.skip();
      }
    }
    return action;
  }

  /** Every row that names a person has to name the same one as the level-0 row. */
  private String emplid() {
    String emplid =
        rows.stream()
            .filter(row -> row.levelZero && row.record.equals(RecordLayout.PERSON))
            .findFirst()
            .map(OpenRow::emplid)
            .orElseThrow(() ->
                refused(
                    "no primary key %s in %s"
                        .formatted(RecordLayout.PRIMARY, RecordLayout.PERSON)));
    if (emplid.length() > MAX_EMPLID || emplid.chars().anyMatch(Character::isISOControl)) {
      throw refused("the EMPLID in SCC_CM_PERSON_I is not a key: too long, or with controls");
    }
    for (OpenRow row : rows) {
      String other = row.emplid();
      if (other != null && !other.equals(emplid)) {
        throw refused(
            "the EMPLID in a row of %s is not the one in SCC_CM_PERSON_I".formatted(row.record));
      }
    }
    return emplid;
  }

  private static RefusedDelivery refused(String reason) {
    return new RefusedDelivery(RefusedDelivery.Kind.MALFORMED, reason);
  }

  /** A row whose PSCAMA, which comes behind it, has not been read yet. */
  private static final class OpenRow {
    private final String record;
    private final boolean levelZero;
    private final Map<String, Value> fields = new HashMap<>();
    private SentRow.Action action = SentRow.Action.CONTEXT;

    OpenRow(String record, boolean levelZero) {
      this.record = record;
      this.levelZero = levelZero;
    }

    @Nullable String emplid() {
      Value value = fields.get(RecordLayout.PRIMARY);
      return value == null ? null : value.textOrNull();
    }

    SentRow sent(RootAction root) {
      return new SentRow(record, fields, levelZero ? root.ofLevelZero() : action);
    }
  }
}
