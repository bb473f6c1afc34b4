package dev.rollcall.model;

import java.util.Objects;

/**
 * Who a change is about: a person or organization, named by the source that knows it.
 *
 * @param source the source's name, for example {@code campus}
 * @param id the source's own id, kept as text: {@code 0000012345} keeps its leading zeros
 */
public record SubjectKey(String source, String id) {
  public SubjectKey {
    Objects.requireNonNull(source, "source is null");
    Objects.requireNonNull(id, "id is null");
    if (source.isBlank() || id.isBlank()) {
      throw new IllegalArgumentException("A subject needs a source and an id");
    }
  }

  @Override
  public String toString() {
    return source + ":" + id;
  }
}
