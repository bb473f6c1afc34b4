package dev.rollcall.sync;

import dev.rollcall.model.Account;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.AccountTarget;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.Applied;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The repository, refusing or breaking where a test says so. */
final class TroubledTarget implements AccountTarget {

  private final AccountTarget target;

  /** What applying for these subjects throws, after everything else of the call was written. */
  final Map<SubjectKey, RuntimeException> refusals = new HashMap<>();

  /** What a search for these subjects finds instead of what is there. */
  final Map<SubjectKey, List<Account>> foundInstead = new HashMap<>();

  /** What every search throws. */
  @Nullable RuntimeException searchFailure;

  /** How many each call of apply was given. */
  final List<Integer> applied = new ArrayList<>();

  TroubledTarget(AccountTarget target) {
    this.target = target;
  }

  @Override
  public Map<SubjectKey, List<Account>> search(Map<SubjectKey, Map<String, String>> criteria) {
    if (searchFailure != null) {
      throw searchFailure;
    }
    Map<SubjectKey, List<Account>> found = new HashMap<>(target.search(criteria));
    criteria.keySet().stream()
        .filter(foundInstead::containsKey)
        .forEach(subject -> found.put(subject, foundInstead.getOrDefault(subject, List.of())));
    return found;
  }

  @Override
  public Map<String, Account> read(Collection<String> ids) {
    return target.read(ids);
  }

  @Override
  public List<Applied> apply(List<Application> applications) {
    applied.add(applications.size());
    List<Applied> ids = target.apply(applications);
    for (Application application : applications) {
      RuntimeException refusal = refusals.get(application.subject());
      if (refusal != null) {
        throw refusal;
      }
    }
    return ids;
  }
}
