package dev.rollcall.plan;

import dev.rollcall.model.Account;
import dev.rollcall.model.Decision;
import dev.rollcall.model.Match;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An account is theirs that alone has one of the criteria, as {@link Matcher} says. */
enum ByCriteria implements Correlation {
  RULE;

  @Override
  public Set<String> agreed(Account account, Map<String, String> criteria) {
    return Matcher.agreed(account, criteria);
  }

  @Override
  public Match byLink(
      Wanted wanted, String accountId, @Nullable Account found, @Nullable Decision decision) {
    return Matcher.byLink(accountId, found, decision);
  }

  @Override
  public Map<String, String> contested(Wanted wanted, Account own) {
    return Map.of();
  }

  @Override
  public Match bySearch(Searched searched) {
    return Matcher.bySearch(searched.subject(), searched.wanted().criteria(), searched.hits());
  }

  @Override
  public Optional<Wanted> instead(Searched searched, boolean decided) {
    return Optional.empty();
  }
}
