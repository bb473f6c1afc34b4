package dev.rollcall.config;

import dev.rollcall.model.MappedPerson;
import dev.rollcall.plan.rule.Expression;
import dev.rollcall.plan.rule.RuleFailure;
import dev.rollcall.spi.Transformation;
import dev.rollcall.spi.Validation;
import java.util.Optional;
import java.util.function.Function;

/**
 * A rule that is a class of the installation.
 *
 * @param attribute when nothing is known of it, the class is not asked
 */
record JavaRule<T>(String text, String attribute, Function<MappedPerson, T> rule)
    implements Expression<T> {

  static final String PREFIX = "java:";

  static Expression<String> transformation(String text, String attribute) {
    Transformation loaded = load(text, Transformation.class);
    return new JavaRule<>(
        text,
        attribute,
        person -> {
          String result = loaded.transform(person, attribute);
          return result == null ? "" : result;
        });
  }

  static Expression<Boolean> validation(String text, String attribute) {
    Validation loaded = load(text, Validation.class);
    return new JavaRule<>(text, attribute, person -> loaded.isValid(person, attribute));
  }

  private static <T> T load(String text, Class<T> wanted) {
    String name = text.substring(PREFIX.length()).strip();
    try {
      Class<?> found = Class.forName(name, true, JavaRule.class.getClassLoader());
      if (!wanted.isAssignableFrom(found)) {
        throw new IllegalArgumentException(
            "class %s does not implement %s".formatted(name, wanted.getName()));
      }
      return wanted.cast(found.getDeclaredConstructor().newInstance());
    } catch (ClassNotFoundException missing) {
      throw new IllegalArgumentException(
          "there is no class %s on the class path".formatted(name), missing);
    } catch (ReflectiveOperationException | LinkageError wrong) {
      throw new IllegalArgumentException(
          "class %s cannot be made with a public constructor without arguments: %s"
              .formatted(name, wrong),
          wrong);
    }
  }

  @Override
  public Optional<T> evaluate(MappedPerson person) {
    if (!person.attributes().containsKey(attribute)) {
      return Optional.empty();
    }
    try {
      return Optional.of(rule.apply(person));
    } catch (RuntimeException failure) { // not our code: one person must not stop the others
      throw new RuleFailure(text, failure.toString(), failure);
    }
  }
}
