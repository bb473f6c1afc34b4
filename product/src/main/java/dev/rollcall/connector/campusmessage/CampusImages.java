package dev.rollcall.connector.campusmessage;

import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.ImageInbox;
import dev.rollcall.spi.Inbox;
import dev.rollcall.spi.RefusedDelivery;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes in full publications of PeopleSoft Campus. Safe for use by many threads. */
public final class CampusImages implements ImageInbox {

  /** What a decoder puts where bytes are not of the encoding. */
  private static final char UNREADABLE = '\ufffd';

  /** Header and trailer messages of a publication carry no level-0 row. */
  private static final Pattern A_ROW =
      Pattern.compile("<(?!(?:[\\w.-]+:)?PSCAMA\\b)[\\w.:-]+\\s[^<>]*class\\s*=\\s*[\"']R[\"']");

  private final ImageTables tables;
  private final String source;
  private final CampusMessageSettings settings;
  private final int maxPiece;

  /**
   * @param instance whose people these are
   * @param source the name of the system of record in the subjects' keys
   * @param settings of the publication: its names are the roots of the files taken
   * @param maxPiece characters that one person may have
   */
  public CampusImages(
      JdbcClient jdbc,
      String instance,
      String source,
      CampusMessageSettings settings,
      int maxPiece) {
    this.tables = new ImageTables(jdbc, instance);
    this.source = source;
    this.settings = settings;
    this.maxPiece = maxPiece;
  }

  @Override
  public Pieces open(InputStream stream) throws IOException {
    FullPublication publication = FullPublication.open(stream, settings, maxPiece);
    List<String> names = settings.messageNames();
    if (names.stream().noneMatch(name -> MessageName.hasRoot(name, publication.root()))) {
      throw new RefusedDelivery(
          RefusedDelivery.Kind.UNKNOWN_MESSAGE,
          "this is a " + publication.root() + ", not a " + String.join(" or ", names));
    }
    return publication;
  }

  @Override
  public Optional<Inbox.Incoming> read(Pieces pieces, Piece piece) {
    if (!(pieces instanceof FullPublication publication)) {
      throw new IllegalArgumentException("this inbox did not open " + pieces.getClass());
    }
    if (!A_ROW.matcher(piece.text()).find()) {
      return Optional.empty();
    }
    if (piece.text().indexOf(UNREADABLE) >= 0) {
      throw new RefusedDelivery(
          RefusedDelivery.Kind.MALFORMED, "bytes that are not of the file's encoding");
    }
    XmlCursor cursor = new XmlCursor(publication.alone(piece), settings);
    RowsetReader.Rowset rowset = new RowsetReader(cursor, settings).read();
    Set<String> declared = publication.declared();
    return Optional.of(
        new FullImage(
            new SubjectKey(source, rowset.emplid()),
            rowset.action(),
            rowset.rows(),
            declared.isEmpty() ? RecordLayout.canonicalNames() : declared,
            settings.keepsAbsentAffiliations(),
            hash(piece.text(), declared, settings.keepsAbsentAffiliations())));
  }

  @Override
  public long begin(String file, Instant asOf) {
    return tables.begin(settings.messageNames().getFirst(), file, asOf);
  }

  @Override
  public List<Kept> store(long load, Instant asOf, List<Inbox.Incoming> images) {
    List<FullImage> understood = new ArrayList<>();
    for (Inbox.Incoming image : images) {
      if (!(image instanceof FullImage full)) {
        throw new IllegalArgumentException("this inbox did not read " + image.getClass());
      }
      understood.add(full);
    }
    return tables.store(load, asOf, understood);
  }

  private static String hash(String text, Set<String> declared, boolean keepsAbsent) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(text.getBytes(StandardCharsets.UTF_8));
      declared.stream()
          .sorted()
          .forEach(name -> digest.update(name.getBytes(StandardCharsets.UTF_8)));
      digest.update((byte) (keepsAbsent ? 1 : 0));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
