package dev.rollcall.connector.okta.bulk;

import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.BulkTarget.Kind;
import dev.rollcall.spi.BulkTarget.Packed;
import dev.rollcall.spi.BulkTarget.Parcel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts people into the requests of one session, in their order, as many into each as Okta takes:
 * people, bytes and requests ({@code facts/okta.md §5}). Whoever comes first has a place first,
 * leavers too, although deletions are sent last. Used once.
 */
final class Packing {

  /** The whole body as it is sent, in UTF-8. */
  static final int MOST_BYTES = 200_000;

  private static final String BEGINNING = "{\"entityType\":\"USERS\",\"profiles\":[";
  private static final String END = "]}";

  private final SourceProfiles profiles;
  private final int mostRequests;
  private final int mostPeople;

  private final Map<Kind, List<Filling>> requests = new EnumMap<>(Kind.class);
  private final Set<Kind> full = EnumSet.noneOf(Kind.class);
  private final Set<String> taken = new HashSet<>();
  private final Map<SubjectKey, String> accountIds = new HashMap<>();
  private final Map<SubjectKey, String> refused = new HashMap<>();
  private final Map<SubjectKey, String> remarks = new HashMap<>();
  private final List<SubjectKey> left = new ArrayList<>();

  Packing(IdentitySourceSettings settings) {
    this.profiles = new SourceProfiles(settings);
    this.mostRequests = settings.batchSize();
    this.mostPeople = settings.pageSize();
    for (Kind kind : Kind.values()) {
      requests.put(kind, new ArrayList<>());
    }
  }

  Packed pack(List<Application> applications) {
    for (Application application : applications) {
      switch (profiles.entry(application)) {
        case Entry.Refused(String why) -> refused.put(application.subject(), why);
        case Entry.Given given -> place(application.subject(), given);
      }
    }
    List<Parcel> parcels =
        Stream.of(Kind.UPSERT, Kind.DELETE)
            .flatMap(kind -> of(kind).stream().map(filling -> filling.parcel(kind)))
            .toList();
    return new Packed(parcels, accountIds, refused, left, remarks);
  }

  private void place(SubjectKey subject, Entry.Given given) {
    int bytes = given.json().getBytes(StandardCharsets.UTF_8).length;
    if (BEGINNING.length() + bytes + END.length() > MOST_BYTES) {
      refused.put(
          subject,
          "the profile has %d bytes, and Okta takes %d in a request: shorten what is mapped"
              .formatted(bytes, MOST_BYTES - BEGINNING.length() - END.length()));
      return;
    }
    // Who of two with one external id is the later one must not be left to chance.
    if (taken.contains(given.accountId()) || !found(given, bytes)) {
      left.add(subject);
      return;
    }
    taken.add(given.accountId());
    accountIds.put(subject, given.accountId());
    if (given.remark() != null) {
      remarks.put(subject, given.remark());
    }
  }

  /** Whether a place was found. Behind somebody who found none nobody of the kind finds one. */
  private boolean found(Entry.Given given, int bytes) {
    if (full.contains(given.kind())) {
      return false;
    }
    List<Filling> ofKind = of(given.kind());
    if (ofKind.isEmpty() || !ofKind.getLast().holds(bytes, mostPeople)) {
      if (requests.values().stream().mapToInt(List::size).sum() >= mostRequests) {
        full.add(given.kind());
        return false;
      }
      ofKind.add(new Filling());
    }
    ofKind.getLast().add(given, bytes);
    return true;
  }

  private List<Filling> of(Kind kind) {
    return requests.getOrDefault(kind, List.of());
  }

  /** A request that is being filled. */
  private static final class Filling {
    private final StringBuilder body = new StringBuilder(BEGINNING);
    private final List<String> ids = new ArrayList<>();
    private int bytes = BEGINNING.length() + END.length();

    boolean holds(int more, int mostPeople) {
      return ids.size() < mostPeople && bytes + more + 1 <= MOST_BYTES;
    }

    void add(Entry.Given given, int more) {
      if (!ids.isEmpty()) {
        body.append(',');
        bytes++;
      }
      body.append(given.json());
      bytes += more;
      ids.add(given.accountId());
    }

    Parcel parcel(Kind kind) {
      return new Parcel(kind, body + END, ids);
    }
  }
}
