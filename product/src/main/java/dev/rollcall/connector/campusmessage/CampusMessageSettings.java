package dev.rollcall.connector.campusmessage;

import java.util.List;

/**
 * What may be set for one instance's messages.
 *
 * @param messageNames the operations taken in, with or without a version
 * @param ignoreRootAuditAction take every message as a change, whatever its own audit action says
 *     ({@code facts/oim-campus-connector.md §4})
 * @param dataNode the element that holds one person
 * @param keepsAbsentAffiliations whether an affiliation that a whole image lacks stays as it is;
 *     otherwise it is gone
 * @param maxDepth elements within elements
 * @param maxText characters of one text
 */
public record CampusMessageSettings(
    List<String> messageNames,
    boolean ignoreRootAuditAction,
    String dataNode,
    boolean keepsAbsentAffiliations,
    int maxDepth,
    int maxText) {

  public CampusMessageSettings {
    messageNames = List.copyOf(messageNames);
    if (messageNames.isEmpty() || messageNames.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("messageNames needs at least one name and no blank one");
    }
    if (dataNode.isBlank()) {
      throw new IllegalArgumentException("dataNode is blank");
    }
    if (maxDepth < 6) {
      throw new IllegalArgumentException(
          "maxDepth is " + maxDepth + "; a field of a child record is on the sixth level");
    }
    if (maxText < 1) {
      throw new IllegalArgumentException("maxText is " + maxText);
    }
  }

  /** The messages, limits and node names of a PeopleSoft Campus as delivered. */
  public static CampusMessageSettings defaults() {
    return new CampusMessageSettings(
        List.of("SCC_CONSTITUENT_SYNC", "SCC_CONSTITUENT_SYNC.v1"),
        false,
        "Transaction",
        true,
        64,
        1024 * 1024);
  }
}
