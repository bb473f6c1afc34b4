package dev.rollcall.sync;

import dev.rollcall.model.Account;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.AccountTarget;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.Applied;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A target that can be looked at and must not be written to: it fails, and keeps what was asked.
 */
final class RecordingTarget implements AccountTarget {

  private final AccountTarget target;

  /** Everything that somebody wanted to write. */
  final List<Application> written = new ArrayList<>();

  RecordingTarget(AccountTarget target) {
    this.target = target;
  }

  @Override
  public Map<SubjectKey, List<Account>> search(Map<SubjectKey, Map<String, String>> criteria) {
    return target.search(criteria);
  }

  @Override
  public Map<String, Account> read(Collection<String> ids) {
    return target.read(ids);
  }

  @Override
  public List<Applied> apply(List<Application> applications) {
    written.addAll(applications);
    throw new AssertionError("nothing may be written: " + applications);
  }
}
