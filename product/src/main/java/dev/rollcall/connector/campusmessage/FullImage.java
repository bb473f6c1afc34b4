package dev.rollcall.connector.campusmessage;

import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.Inbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One person of a full publication: complete for every record that the publication carries.
 *
 * @param action what the Transaction says happened to the person
 * @param carried the records the publication carries, by canonical name
 * @param keepsAbsent whether an affiliation that is known and not among the rows stays
 * @param hash of all that decides what the image means
 */
record FullImage(
    SubjectKey subject,
    RootAction action,
    List<SentRow> rows,
    Set<String> carried,
    boolean keepsAbsent,
    String hash)
    implements Inbox.Incoming {

  private static final RecordFacts NONE = new RecordFacts(true, List.of());

  @Override
  public String transactionId() {
    return "";
  }

  /**
   * What is known of the person after this image. A record that is not carried stays as it is:
   * nothing is known about it from here.
   *
   * @param version of the rows that are new or different
   */
  Map<String, RecordFacts> over(Map<String, RecordFacts> known, long version) {
    Map<String, RecordFacts> after = new HashMap<>(known);
    carried.forEach(record -> after.put(record, NONE));
    List<SentRow> whole = rows.stream().map(FullImage::asContext).toList();
    RecordFacts affiliations = known.get(RecordLayout.AFFILIATION);
    after.putAll(
        new Merge(version, keepsAbsent)
            .merge(
                keepsAbsent && affiliations != null
                    ? Map.of(RecordLayout.AFFILIATION, affiliations)
                    : Map.of(),
                whole));
    after.replaceAll((record, facts) -> keepVersions(known.get(record), facts));
    return after;
  }

  /** In an image every row is there, whatever its action says; D, K and O rows are not. */
  private static SentRow asContext(SentRow row) {
    return switch (row.action()) {
      case CONTEXT, ADD, MERGE -> new SentRow(row.record(), row.fields(), SentRow.Action.CONTEXT);
      case REMOVE, ORIGINAL -> row;
    };
  }

  /** A row that says the same keeps the version of whoever said it first. */
  private static RecordFacts keepVersions(@Nullable RecordFacts known, RecordFacts now) {
    if (known == null) {
      return now;
    }
    List<Row> rows =
        now.rows().stream()
            .map(row ->
                known.rows().stream()
                    .filter(old -> !old.deleted() && old.fields().equals(row.fields()))
                    .findFirst()
                    .orElse(row))
            .toList();
    return new RecordFacts(now.complete(), rows);
  }
}
