package dev.rollcall.connector.campusmessage;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.Facts.Standing;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.spi.ImageInbox.Kept;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The statements that store images, many in each. What the last image of a person was is a narrow
 * row beside the person's: an image that is loaded again unchanged costs a comparison, not a
 * rewrite of the facts.
 */
final class ImageTables {

  private static final String BEGIN =
      """
      insert into campus_load (instance, message_name, file, as_of)
      values (:instance, :message, :file, :asOf) returning id
      """;

  private static final String LOCK =
      """
      select p.emplid, p.standing, p.facts, p.applied_timestamp, p.applied_message_id,
        i.hash, i.as_of, i.message_id as image_message_id
      from campus_person p
        left join (
          select * from campus_image where instance = :instance and emplid = any(:emplids::text[])
        ) i using (instance, emplid)
      where p.instance = :instance and p.emplid = any(:emplids::text[])
      order by p.emplid for update of p
      """;

  private static final String INSERT =
      """
      insert into campus_person (instance, emplid, standing, facts, applied_timestamp,
        applied_message_id, applied_hash)
      select :instance, n.emplid, n.standing, n.facts, :asOf, :load, n.hash
      from unnest(:emplids::text[], :standings::text[], :facts::json[], :hashes::text[])
        as n (emplid, standing, facts, hash)
      order by n.emplid
      on conflict do nothing returning emplid
      """;

  private static final String UPDATE =
      """
      update campus_person p set standing = n.standing, facts = n.facts, applied_timestamp = :asOf,
        applied_message_id = :load, applied_hash = n.hash
      from unnest(:emplids::text[], :standings::text[], :facts::json[], :hashes::text[])
        as n (emplid, standing, facts, hash)
      where p.instance = :instance and p.emplid = n.emplid
      """;

  private static final String REMEMBER =
      """
      insert into campus_image (instance, emplid, hash, as_of, message_id)
      select :instance, n.emplid, n.hash, :asOf, n.message_id
      from unnest(:emplids::text[], :hashes::text[], :messages::bigint[])
        as n (emplid, hash, message_id)
      order by n.emplid
      on conflict (instance, emplid) do update
        set hash = excluded.hash, as_of = excluded.as_of, message_id = excluded.message_id
      """;

  private final JdbcClient jdbc;
  private final String instance;

  ImageTables(JdbcClient jdbc, String instance) {
    this.jdbc = jdbc;
    this.instance = instance;
  }

  /** Remembers a load; its id is the version of the rows it brings. */
  long begin(String message, String file, Instant asOf) {
    return jdbc.sql(BEGIN)
        .param("instance", instance)
        .param("message", message)
        .param("file", file)
        .param("asOf", utc(asOf))
        .query((row, number) -> row.getLong(1))
        .single();
  }

  /** A person as stored, and the image that was stored last; nulls where there is none. */
  private record Known(
      @Nullable Standing standing,
      String facts,
      @Nullable Instant applied,
      long messageId,
      @Nullable String hash,
      @Nullable Instant imageAsOf,
      long imageMessageId) {

    boolean newerThan(Instant asOf) {
      return (applied != null && asOf.isBefore(applied))
          || (imageAsOf != null && asOf.isBefore(imageAsOf));
    }

    /** The same image came last, and nothing else since. */
    boolean lastWas(FullImage image) {
      return image.hash().equals(hash) && messageId == imageMessageId;
    }
  }

  /** What is to be written for one image. */
  private record Write(FullImage image, Standing standing, String facts) {}

  /** See {@link dev.rollcall.spi.ImageInbox#store}. */
  List<Kept> store(long load, Instant asOf, List<FullImage> images) {
    Map<String, Kept> kept = new HashMap<>();
    List<FullImage> open = images;
    while (!open.isEmpty()) {
      open = storeOnce(load, asOf, open, kept);
    }
    return images.stream()
        .map(image -> kept.get(image.subject().id()))
        .map(ImageTables::known)
        .toList();
  }

  private static Kept known(@Nullable Kept kept) {
    if (kept == null) {
      throw new IllegalStateException("an image was not decided");
    }
    return kept;
  }

  /** Returns those that somebody else inserted in the meantime: to be done again as known ones. */
  private List<FullImage> storeOnce(
      long load, Instant asOf, List<FullImage> images, Map<String, Kept> kept) {
    Map<String, Known> known = lock(images);
    List<Write> fresh = new ArrayList<>();
    List<Write> changed = new ArrayList<>();
    List<Remembered> remembered = new ArrayList<>();
    for (FullImage image : images) {
      String emplid = image.subject().id();
      Known person = known.get(emplid);
      if (person == null) {
        fresh.add(write(image, Map.of(), null, load));
      } else if (person.newerThan(asOf)) {
        kept.put(emplid, Kept.OLDER);
      } else if (person.lastWas(image)) {
        kept.put(emplid, Kept.UNCHANGED);
        if (!asOf.equals(person.imageAsOf())) {
          remembered.add(new Remembered(image, person.messageId()));
        }
      } else {
        Map<String, RecordFacts> facts = FactsJson.read(person.facts());
        Write write = write(image, facts, person.standing(), load);
        if (write.standing() == person.standing() && FactsJson.read(write.facts()).equals(facts)) {
          kept.put(emplid, Kept.UNCHANGED);
          remembered.add(new Remembered(image, person.messageId()));
        } else {
          changed.add(write);
        }
      }
    }
    Set<String> inserted = insert(load, asOf, fresh);
    execute(UPDATE, load, asOf, changed).update();
    List<FullImage> again = new ArrayList<>();
    for (Write write : fresh) {
      if (inserted.contains(write.image().subject().id())) {
        changed.add(write);
      } else {
        again.add(write.image());
      }
    }
    for (Write write : changed) {
      kept.put(write.image().subject().id(), Kept.NEW);
      remembered.add(new Remembered(write.image(), load));
    }
    remember(asOf, remembered);
    return again;
  }

  private static Write write(
      FullImage image, Map<String, RecordFacts> facts, @Nullable Standing standing, long load) {
    return switch (image.action()) {
      case ADD -> new Write(image, Standing.ADDED, FactsJson.write(image.over(facts, load)));
      case CHANGE ->
          new Write(
              image,
              standing == null ? Standing.NEVER_ADDED : standing,
              FactsJson.write(image.over(facts, load)));
      case DELETE -> new Write(image, Standing.DELETED, FactsJson.write(facts));
    };
  }

  private Map<String, Known> lock(List<FullImage> images) {
    Map<String, Known> known = new HashMap<>();
    jdbc.sql(LOCK)
        .param("instance", instance)
        .param("emplids", SqlArrays.texts(images, image -> image.subject().id()))
        .query((row, number) -> Map.entry(row.getString("emplid"), known(row)))
        .list()
        .forEach(entry -> known.put(entry.getKey(), entry.getValue()));
    return known;
  }

  private static Known known(ResultSet row) throws SQLException {
    String standing = row.getString("standing");
    return new Known(
        standing == null ? null : Standing.valueOf(standing),
        row.getString("facts"),
        instant(row, "applied_timestamp"),
        row.getLong("applied_message_id"),
        row.getString("hash"),
        instant(row, "as_of"),
        row.getLong("image_message_id"));
  }

  private Set<String> insert(long load, Instant asOf, List<Write> fresh) {
    if (fresh.isEmpty()) {
      return Set.of();
    }
    return new HashSet<>(
        execute(INSERT, load, asOf, fresh).query((row, number) -> row.getString(1)).list());
  }

  private JdbcClient.StatementSpec execute(
      String sql, long load, Instant asOf, List<Write> writes) {
    return jdbc.sql(sql)
        .param("instance", instance)
        .param("asOf", utc(asOf))
        .param("load", load)
        .param("emplids", SqlArrays.texts(writes, write -> write.image().subject().id()))
        .param("standings", SqlArrays.texts(writes, Write::standing))
        .param("facts", SqlArrays.texts(writes, Write::facts))
        .param("hashes", SqlArrays.texts(writes, write -> write.image().hash()));
  }

  /** The image a person's facts agree with now, and the message they came from last. */
  private record Remembered(FullImage image, long messageId) {}

  private void remember(Instant asOf, List<Remembered> remembered) {
    if (remembered.isEmpty()) {
      return;
    }
    List<Remembered> sorted =
        remembered.stream()
            .sorted(Comparator.comparing(one -> one.image().subject().id()))
            .toList();
    jdbc.sql(REMEMBER)
        .param("instance", instance)
        .param("asOf", utc(asOf))
        .param("emplids", SqlArrays.texts(sorted, one -> one.image().subject().id()))
        .param("hashes", SqlArrays.texts(sorted, one -> one.image().hash()))
        .param("messages", SqlArrays.numbers(sorted, Remembered::messageId))
        .update();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
