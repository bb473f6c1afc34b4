package dev.rollcall.sync;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.Status;
import dev.rollcall.model.Change;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.spi.AccountTarget;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.Applied;
import dev.rollcall.spi.Call;
import dev.rollcall.spi.Errand;
import dev.rollcall.spi.OutsideTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Another system with accounts, in memory: every read and every change is a call. */
final class FakeOutside implements OutsideTarget {

  final Map<String, Account> accounts = new LinkedHashMap<>();

  /** What was called, in order: the change in a word and the account. */
  final List<String> called = new ArrayList<>();

  /** Run before a call is answered, with what was called; may throw. */
  Consumer<String> before = _ -> {};

  /** Run after a call had its effect, before it is answered; may throw. */
  Consumer<String> after = _ -> {};

  @Override
  public AccountTarget during(Errand errand) {
    return new AccountTarget() {
      @Override
      public Map<SubjectKey, List<Account>> search(Map<SubjectKey, Map<String, String>> criteria) {
        Map<SubjectKey, List<Account>> found = new HashMap<>();
        criteria.forEach((subject, wanted) -> {
          call("search " + wanted.values(), false, () -> {});
          found.put(
              subject,
              accounts.values().stream()
                  .filter(account ->
                      wanted.entrySet().stream()
                          .anyMatch(one ->
                              new Value.Text(one.getValue())
                                  .equals(account.attributes().get(one.getKey()))))
                  .toList());
        });
        return found;
      }

      @Override
      public Map<String, Account> read(Collection<String> ids) {
        Map<String, Account> found = new HashMap<>();
        for (String id : ids) {
          call("read " + id, false, () -> {});
          Account account = accounts.get(id);
          if (account != null) {
            found.put(id, account);
          }
        }
        return found;
      }

      @Override
      public List<Applied> apply(List<Application> applications) {
        Application one = applications.getFirst();
        Account found = one.found();
        String id = found == null ? "00u" + (accounts.size() + 1) : String.valueOf(found.id());
        for (Change change : one.changes()) {
          String what = change.getClass().getSimpleName() + " " + id;
          call(what, true, () -> accounts.put(id, changed(id, change)));
          if (change instanceof Change.Create) {
            errand.made(id);
          }
        }
        return List.of(new Applied(id));
      }

      private void call(String what, boolean write, Runnable effect) {
        errand.before("users", write);
        called.add(what);
        before.accept(what);
        effect.run();
        after.accept(what);
        errand.after(
            new Call(
                "users",
                write ? "POST" : "GET",
                "/users",
                write,
                200,
                null,
                "r1",
                null,
                Duration.ofMillis(3)));
      }
    };
  }

  private Account changed(String id, Change change) {
    Account before = accounts.get(id);
    Map<String, Value> values = new HashMap<>(before == null ? Map.of() : before.attributes());
    Set<String> groups = new TreeSet<>(before == null ? Set.of() : before.groups());
    Status status = before == null ? Status.STAGED : before.status();
    switch (change) {
      case Change.Create create -> values.put("login", new Value.Text(create.login()));
      case Change.Update update -> values.put(update.attribute(), update.after());
      case Change.Activate _, Change.Unsuspend _ -> status = Status.ENABLED;
      case Change.Deactivate _ -> status = Status.DISABLED;
      case Change.Suspend _ -> status = Status.SUSPENDED;
      case Change.JoinGroup join -> groups.add(join.group());
      case Change.LeaveGroup leave -> groups.remove(leave.group());
      case Change.PutAffiliation _ -> {}
    }
    return new Account(id, status, values, groups, List.of());
  }
}
