package dev.rollcall.sync;

import dev.rollcall.model.Account;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.AccountTarget;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.Applied;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of another system for people who look: what was read a moment ago is not read again,
 * so that a page that keeps itself up to date costs few calls. Never for a worker.
 */
final class Remembered implements AccountTarget {

  private static final long GOOD_FOR = Duration.ofSeconds(15).toNanos();
  private static final int MOST = 1_000;

  private record Read(@Nullable Account account, long at) {
    private boolean isFresh() {
      return System.nanoTime() - at < GOOD_FOR;
    }
  }

  private final AccountTarget target;
  private final Map<String, Read> read = new ConcurrentHashMap<>();

  Remembered(AccountTarget target) {
    this.target = target;
  }

  @Override
  public Map<SubjectKey, List<Account>> search(Map<SubjectKey, Map<String, String>> criteria) {
    return target.search(criteria);
  }

  @Override
  public Map<String, Account> read(Collection<String> ids) {
    Map<String, Account> accounts = new HashMap<>();
    List<String> asked = new ArrayList<>();
    for (String id : ids) {
      Read before = read.get(id);
      if (before == null || !before.isFresh()) {
        asked.add(id);
      } else if (before.account() != null) {
        accounts.put(id, before.account());
      }
    }
    if (!asked.isEmpty()) {
      Map<String, Account> now = target.read(asked);
      if (read.size() > MOST) {
        read.clear();
      }
      asked.forEach(id -> read.put(id, new Read(now.get(id), System.nanoTime())));
      accounts.putAll(now);
    }
    return accounts;
  }

  @Override
  public List<Applied> apply(List<Application> applications) {
    return target.apply(applications);
  }
}
