package dev.rollcall.plan;

import dev.rollcall.model.Account;
import dev.rollcall.model.Decision;
import dev.rollcall.model.Match;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.plan.Matcher.Hit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells whose an account is. No I/O: whoever asks has read the links and searched. May be shared by
 * threads.
 */
public interface Correlation {

  /**
   * What is known after a search.
   *
   * @param wanted whose criteria were searched for last
   * @param own the account that is theirs by a link or a decision, null when there is none yet
   * @param hits all that was found so far; what each agrees in is said of the present criteria
   * @param accounts the same as read, by id
   */
  record Searched(
      SubjectKey subject,
      Wanted wanted,
      @Nullable Account own,
      List<Hit> hits,
      Map<String, Account> accounts) {
    public Searched {
      hits = List.copyOf(hits);
      accounts = Map.copyOf(accounts);
    }
  }

  /** Which of the criteria an account has. */
  Set<String> agreed(Account account, Map<String, String> criteria);

  /**
   * With a link from an earlier event.
   *
   * @param found the account as read, null when it is not there
   * @param decision what a person decided before the link came to be, null when nothing
   */
  Match byLink(
      Wanted wanted, String accountId, @Nullable Account found, @Nullable Decision decision);

  /**
   * What to search for before a linked account is changed, because somebody else may have it; empty
   * when nothing.
   */
  Map<String, String> contested(Wanted wanted, Account own);

  /** Without a link and a decision. */
  Match bySearch(Searched searched);

  /**
   * What to want, and search for, instead, because what identifies is another person's by what the
   * search found. Asked again after each search until there is nothing else.
   *
   * @param decided whether a person decided about this one: without an account of their own a new
   *     one is made
   */
  Optional<Wanted> instead(Searched searched, boolean decided);
}
