package dev.rollcall.connector.campusmessage;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which configured message a name means. Senders write the operation with and without its version,
 * in any case ({@code facts/oim-campus-connector.md §2}); another version than the first is another
 * message, because its layout may differ.
 */
final class MessageName {
  private static final Pattern FIRST_VERSION =
      Pattern.compile("\\.(v|version_)1$", Pattern.CASE_INSENSITIVE);
  private static final Pattern ANY_VERSION =
      Pattern.compile("\\.(v|version_)\\d+$", Pattern.CASE_INSENSITIVE);

  private MessageName() {}

  /** The configured name that is meant: the same one, or one that differs in case or version 1. */
  static Optional<String> configured(List<String> names, String sent) {
    if (names.contains(sent)) {
      return Optional.of(sent);
    }
    String bare = FIRST_VERSION.matcher(sent).replaceFirst("");
    return names.stream()
        .filter(name -> FIRST_VERSION.matcher(name).replaceFirst("").equalsIgnoreCase(bare))
        .findFirst();
  }

  /** Whether a message of this operation has this root element: its name without the version. */
  static boolean hasRoot(String operation, String root) {
    return ANY_VERSION.matcher(operation).replaceFirst("").equalsIgnoreCase(root);
  }
}
