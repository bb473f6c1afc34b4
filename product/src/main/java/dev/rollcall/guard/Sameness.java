package dev.rollcall.guard;

import dev.rollcall.model.Change;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tells whether changes come to the same: what they do to the account counts, not the reason and
 * not what was there before. Kept as a hash, because values of people are in it.
 */
final class Sameness {

  private Sameness() {}

  static String of(List<Change> changes) {
    String all = changes.stream().map(Sameness::of).sorted().collect(Collectors.joining("\n"));
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(all.getBytes(StandardCharsets.UTF_8)));
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
