package dev.rollcall.testing;

import dev.rollcall.model.MappedPerson;
import dev.rollcall.model.Value;
import dev.rollcall.spi.Transformation;
import org.jspecify.annotations.Nullable;

/** A transformation that an installation could bring: turns a value around. */
public final class Backwards implements Transformation {

  @Override
  public @Nullable String transform(MappedPerson person, String attribute) {
    Value value = person.attributes().get(attribute);
    String text = value == null ? null : value.textOrNull();
    return text == null ? null : new StringBuilder(text).reverse().toString();
  }
}
