package dev.rollcall.spi;

import dev.rollcall.model.Account;
import dev.rollcall.model.SubjectKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A system with accounts that lives in Rollcall's own database: it applies inside the transaction
 * that finishes the events.
 */
public interface AccountTarget {

  /**
   * Accounts that could belong to these subjects.
   *
   * @param criteria for each subject the attributes and values by which to search
   * @return for each subject the accounts that have at least one of them, each account once; a
   *     subject with none may be missing
   * @throws ConnectorException when the search failed; then nothing is concluded
   */
  Map<SubjectKey, List<Account>> search(Map<SubjectKey, Map<String, String>> criteria);

  /**
   * The accounts with these ids.
   *
   * @return by id; an account that is not there is missing
   * @throws ConnectorException when the read failed
   */
  Map<String, Account> read(Collection<String> ids);

  /**
   * Applies all of it or throws; called inside the transaction that finishes the events, which is
   * rolled back to before the call when it throws.
   *
   * @return what became of each application, in order
   * @throws ConnectorException when one is refused; the caller finds out which by halves
   */
  List<Applied> apply(List<Application> applications);
}
