package dev.rollcall.spi;

import dev.rollcall.model.MappedPerson;

/**
 * Says whether a person is taken, for what an expression cannot. Named in the settings as {@code
 * java:CLASS}, loaded from the class path, made once with its constructor without arguments, used
 * by many threads at once. It must decide on its arguments alone: no clock, no I/O.
 */
public interface Validation {

  /**
   * Whether all is well; asked only when something is known of the attribute.
   *
   * @param person as mapped and transformed
   * @param attribute the identity's name of what is looked at, for example {@code email}
   */
  boolean isValid(MappedPerson person, String attribute);
}
