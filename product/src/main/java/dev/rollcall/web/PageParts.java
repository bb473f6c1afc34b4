package dev.rollcall.web;

import dev.rollcall.event.EventFigures;
import dev.rollcall.event.EventSearch;
import dev.rollcall.event.EventTally;
import dev.rollcall.event.LineSearch;
import dev.rollcall.spi.AccountDirectory;
import dev.rollcall.spi.Originals;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where the pages look things up, beside what the REST API uses.
 *
 * @param directories who has an account, by target system
 * @param originals what came from outside, by instance
 * @param settings what is in force, by name
 */
public record PageParts(
    EventSearch events,
    EventFigures figures,
    EventTally tally,
    LineSearch lines,
    Map<String, AccountDirectory> directories,
    Map<String, Originals> originals,
    Supplier<List<SettingShown>> settings) {

  public PageParts {
    directories = Map.copyOf(directories);
    originals = Map.copyOf(originals);
  }

  /** The same, with what tells the settings in force. */
  public PageParts telling(Supplier<List<SettingShown>> inForce) {
    return new PageParts(events, figures, tally, lines, directories, originals, inForce);
  }
}
