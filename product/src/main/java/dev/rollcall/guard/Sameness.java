package dev.rollcall.guard;

import dev.rollcall.model.Change;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells whether changes come to the same: what they do to the account counts, not the reason and
 * not what was there before. Kept as hashes, one for each change, because values of people are in
 * them.
 */
final class Sameness {

  private Sameness() {}

  static String of(List<Change> changes) {
    return changes.stream().map(Sameness::hash).sorted().collect(Collectors.joining("\n"));
  }

  /**
   * Whether these changes do nothing that others did not: some of them may have been made since.
   *
   * @param others what {@link #of} told of them
   */
  static boolean isWithin(List<Change> changes, String others) {
    Set<String> known = new HashSet<>(List.of(others.split("\n", -1)));
    return changes.stream().map(Sameness::hash).allMatch(known::contains);
  }

  private static String hash(Change change) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(of(change).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }

  private static String of(Change change) {
    return switch (change) {
      case Change.Create create -> "create " + create.login();
      case Change.Activate _ -> "activate";
      case Change.Deactivate _ -> "deactivate";
      case Change.Suspend _ -> "suspend";
      case Change.Unsuspend _ -> "unsuspend";
      case Change.JoinGroup join -> "join " + join.group();
      case Change.LeaveGroup leave -> "leave " + leave.group();
      case Change.Update update -> "update " + update.attribute() + " " + update.after();
      case Change.PutAffiliation put -> "put " + put.after();
    };
  }
}
