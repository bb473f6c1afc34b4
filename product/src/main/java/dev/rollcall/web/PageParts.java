package dev.rollcall.web;

import dev.rollcall.event.EventFigures;
import dev.rollcall.event.EventSearch;
import dev.rollcall.event.EventTally;
import dev.rollcall.spi.AccountDirectory;
import dev.rollcall.spi.Originals;
import java.util.Map;

/**
 * Where the pages look things up, beside what the REST API uses.
 *
 * @param directories who has an account, by target system
 * @param originals what came from outside, by instance
 */
public record PageParts(
    EventSearch events,
    EventFigures figures,
    EventTally tally,
    Map<String, AccountDirectory> directories,
    Map<String, Originals> originals) {

  public PageParts {
    directories = Map.copyOf(directories);
    originals = Map.copyOf(originals);
  }
}
