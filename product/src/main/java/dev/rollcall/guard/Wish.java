package dev.rollcall.guard;

import dev.rollcall.model.Change;
import dev.rollcall.model.SubjectKey;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What an event wants to do that can do harm in numbers.
 *
 * @param announced whether a date has come for it that the source told beforehand
 * @param whole whether this is all that is wanted of the subject; a line of a request is only a
 *     part
 * @param changes by class, none of them empty
 */
public record Wish(
    long event,
    SubjectKey subject,
    boolean announced,
    boolean whole,
    Map<ChangeClass, List<Change>> changes) {

  public Wish {
    Map<ChangeClass, List<Change>> ordered = new EnumMap<>(ChangeClass.class);
    ordered.putAll(changes);
    changes = ordered;
  }
}
