package dev.rollcall.web;

import dev.rollcall.link.AppliedOrigin;
import dev.rollcall.link.Links.Linked;
import dev.rollcall.model.Account;
import dev.rollcall.model.Origin;
import dev.rollcall.model.Value;
import dev.rollcall.sync.Explanation.Given;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The values on an account, each with where it came from; national ids are masked. */
public final class AccountValues {

  private static final String MASK = "***";

  private AccountValues() {}

  /**
   * A value on an account.
   *
   * @param value null when it has none
   * @param event the event that put it there, or null
   */
  public record AttributeView(
      String name,
      @Nullable String value,
      @Nullable String rule,
      @Nullable String record,
      @Nullable String field,
      @Nullable LocalDate effdt,
      @Nullable Long event) {}

  /**
   * All values, by name.
   *
   * @param given what the facts give today
   * @param delicate the attributes that are read from a national id; what an account had before it
   *     was linked, and what the facts give no more, is known by them alone
   */
  public static List<AttributeView> of(
      Account account, Linked linked, Map<String, Given> given, Set<String> delicate) {
    return of(account, linked, given, delicate, false);
  }

  /**
   * All values, by name.
   *
   * @param given what the facts give today
   * @param delicate the attributes that are read from a national id
   * @param nationalIds whether they are told too; only to whoever has the right, and noted
   */
  static List<AttributeView> of(
      Account account,
      Linked linked,
      Map<String, Given> given,
      Set<String> delicate,
      boolean nationalIds) {
    return new TreeMap<>(account.attributes())
        .entrySet().stream()
            .map(one ->
                attribute(
                    one.getKey(),
                    one.getValue(),
                    given.get(one.getKey()),
                    linked.origins().get(one.getKey()),
                    delicate.contains(one.getKey()),
                    nationalIds))
            .toList();
  }

  /** What the facts give today, by name, for somebody who has no account yet. */
  public static List<AttributeView> wanted(Map<String, Given> given) {
    return new TreeMap<>(given)
        .entrySet().stream()
            .filter(one -> !one.getValue().text().isEmpty())
            .map(one ->
                view(one.getKey(), one.getValue().text(), one.getValue().origin(), null, false))
            .toList();
  }

  /**
   * A value that the facts still give is explained by them: another row can give the same value
   * later. What they no longer give is explained by what was applied.
   */
  private static AttributeView attribute(
      String name,
      Value value,
      @Nullable Given given,
      @Nullable AppliedOrigin applied,
      boolean delicate,
      boolean nationalIds) {
    String text = value.textOrNull();
    Origin origin =
        given != null && given.text().equals(text)
            ? given.origin()
            : applied == null ? null : applied.origin();
    boolean nationalId =
        delicate
            || (given != null && given.origin().isNationalId())
            || (applied != null && applied.origin().isNationalId());
    return view(
        name,
        nationalId && !nationalIds && text != null ? MASK : text,
        origin,
        applied == null ? null : applied.event(),
        nationalIds);
  }

  private static AttributeView view(
      String name,
      @Nullable String text,
      @Nullable Origin origin,
      @Nullable Long event,
      boolean nationalIds) {
    return new AttributeView(
        name,
        text != null && origin != null && origin.isNationalId() && !nationalIds ? MASK : text,
        origin == null ? null : origin.rule(),
        origin == null ? null : origin.record(),
        origin == null ? null : origin.field(),
        origin == null ? null : origin.effdt(),
        event);
  }
}
