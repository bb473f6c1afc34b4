package dev.rollcall.spi;

import dev.rollcall.model.Account;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds accounts by what people know of their owners, and names them in lists. */
public interface AccountDirectory {

  /**
   * What tells one account from another in a list.
   *
   * @param id the target's own id
   * @param name of the owner as people write it, null when none is known
   */
  record Listed(
      String id,
      String login,
      @Nullable String name,
      @Nullable String email,
      Account.Status status) {}

  /**
   * The accounts for which every word that was typed is the beginning of a name, the login, the
   * e-mail address or a number by which people are known; never of a national id. Small and capital
   * letters and accents make no difference.
   *
   * @param typed as somebody typed it
   * @param limit the most to return; which of them, when there are more, is not said
   */
  List<Listed> find(String typed, int limit);

  /** The accounts with these ids, by id; one that is not there is missing. */
  Map<String, Listed> list(Collection<String> ids);
}
