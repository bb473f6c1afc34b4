package dev.rollcall.plan;

/**
 * Which attribute a field of the identity reads, in the guide's form {@code ATTRIBUTE~LOOKUP
 * DEF~LKF~Resource} ({@code facts/oim-campus-connector.md §5}). The two in the middle are not used
 * for Campus.
 *
 * @param attribute the code key in the attribute mapping
 * @param resource whether it is a field of the affiliations
 */
public record ReconField(String attribute, boolean resource) {

  private static final int RESOURCE = 3;

  /**
   * Reads an entry.
   *
   * @throws IllegalArgumentException when it is none; the message says what is allowed
   */
  public static ReconField parse(String text) {
    String[] elements = text.split("~", -1);
    if (elements[0].isBlank() || elements.length > RESOURCE + 1) {
      throw new IllegalArgumentException(
          "is '%s' but must be ATTRIBUTE or ATTRIBUTE~None~None~Resource".formatted(text));
    }
    for (int i = 1; i < Math.min(elements.length, RESOURCE); i++) {
      if (!elements[i].equalsIgnoreCase("None") && !elements[i].equals(elements[0])) {
        throw new IllegalArgumentException(
            "has '%s' where only None is allowed: Campus looks nothing up".formatted(elements[i]));
      }
    }
    boolean resource =
        elements.length > RESOURCE && elements[RESOURCE].equalsIgnoreCase("Resource");
    if (elements.length > RESOURCE && !resource && !elements[RESOURCE].equalsIgnoreCase("None")) {
      throw new IllegalArgumentException(
          "ends with '%s' where only Resource or None is allowed".formatted(elements[RESOURCE]));
    }
    return new ReconField(elements[0], resource);
  }
}
