package dev.rollcall.web.page;

import dev.rollcall.model.SubjectKey;
import dev.rollcall.sync.Instance;
import dev.rollcall.web.WebParts;

/** Who an address is about. */
final class Named {

  private Named() {}

  /**
   * The person of this name.
   *
   * @param named {@code source:id}, or an id of the first source
   * @throws PageFailures.NotThere when it names nobody
   */
  static SubjectKey subject(String named, WebParts parts) {
    int colon = named.indexOf(':');
    String id = named.substring(colon + 1).strip();
    if (id.isEmpty() || colon == 0) {
      throw new PageFailures.NotThere("There is nobody here", "The address names nobody.");
    }
    String source =
        colon > 0
            ? named.substring(0, colon)
            : parts.instances().stream().map(Instance::sourceName).findFirst().orElse("unknown");
    return new SubjectKey(source, id);
  }
}
