package dev.rollcall.spi;

import dev.rollcall.model.MappedPerson;
import org.jspecify.annotations.Nullable;

/**
 * Gives an attribute another value, for what an expression cannot. Named in the settings as {@code
 * java:CLASS}, loaded from the class path, made once with its constructor without arguments, used
 * by many threads at once. It must decide on its arguments alone: no clock, no I/O.
 */
public interface Transformation {

  /**
   * The value an attribute is to have; asked only when something is known of it.
   *
   * @param person as mapped, before any transformation
   * @param attribute the identity's name of it, for example {@code first_name}
   * @return null or blank to clear it
   */
  @Nullable String transform(MappedPerson person, String attribute);
}
