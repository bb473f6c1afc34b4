package dev.rollcall.bench;

import dev.rollcall.model.Account;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.AccountTarget;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.Applied;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A target that has nobody and takes everybody without doing anything. */
final class NoOpTarget implements AccountTarget {

  @Override
  public Map<SubjectKey, List<Account>> search(Map<SubjectKey, Map<String, String>> criteria) {
    return Map.of();
  }

  @Override
  public Map<String, Account> read(Collection<String> ids) {
    return Map.of();
  }

  @Override
  public List<Applied> apply(List<Application> applications) {
    return applications.stream().map(one -> new Applied("noop-" + one.subject().id())).toList();
  }
}
