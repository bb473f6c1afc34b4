package dev.rollcall.connector.peoplesoftqueue;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How people are read, in the site's own SQL. What the queries have to give stands in {@code
 * docs/reference/peoplesoft-queue.md}.
 *
 * @param persons gives one row for each person asked for: the column OPRID, and others, each of
 *     which is a field of the record PERSON. Asks with {@code :oprids} for many people at once or
 *     with {@code :oprid} for one; may use {@code :today}
 * @param identityTypes gives OPRID and IDENTITY_TYPE, a row for each identity type that somebody
 *     holds, and asks as {@code persons} does; null when {@code persons} has a column
 *     IDENTITY_TYPES, or nobody's identity types are read here
 * @param everybody gives the OPRID of everybody the source knows, also of those who left; no
 *     parameters
 */
public record PersonQuery(String persons, @Nullable String identityTypes, String everybody) {

  private static final Pattern MANY = Pattern.compile(":oprids\\b");
  private static final Pattern ONE = Pattern.compile(":oprid\\b");

  /**
   * @throws IllegalArgumentException when a query cannot ask for people
   */
  public PersonQuery {
    asks("persons", persons);
    if (identityTypes != null) {
      asks("identityTypes", identityTypes);
    }
    if (everybody.isBlank()) {
      throw new IllegalArgumentException("the query for everybody is empty");
    }
  }

  private static void asks(String name, String sql) {
    if (MANY.matcher(sql).find() == ONE.matcher(sql).find()) {
      throw new IllegalArgumentException(
          "the query '%s' must ask with :oprids (for many people at once) or with :oprid (for one)"
              .formatted(name));
    }
  }

  /** Whether this query asks for many people at once. */
  static boolean forMany(String sql) {
    return MANY.matcher(sql).find();
  }

  /**
   * What is used where a site says nothing: the delivered tables of HCM and Campus Solutions
   * ({@code facts/peoplesoft.md §5}). Of dated rows the greatest date that is not in the future is
   * picked first, and its status tested then.
   */
  public static PersonQuery shipped() {
    return new PersonQuery(PERSONS, IDENTITY_TYPES, EVERYBODY);
  }

  private static final String EVERYBODY = "select OPRID from PSOPRDEFN where EMPLID <> ' '";

  private static final String IDENTITY_TYPES =
      """
      select distinct o.OPRID, a.SCC_AFL_CODE as IDENTITY_TYPE
      from PSOPRDEFN o
        join PS_SCC_AFL_PERSON a on a.EMPLID = o.EMPLID
      where o.OPRID in (:oprids)
        and a.SCC_AFL_STATUS = 'A'
        and (a.START_DT is null or a.START_DT <= :today)
        and (a.END_DT is null or a.END_DT >= :today)
      """;

  private static final String PERSONS =
      """
      select o.OPRID, o.EMPLID,
        n.FIRST_NAME, n.MIDDLE_NAME, n.LAST_NAME,
        p.FIRST_NAME as PREF_FIRST_NAME, p.LAST_NAME as PREF_LAST_NAME,
        h.EMAIL_ADDR as EMAIL_HOME, b.EMAIL_ADDR as EMAIL_BUSN, c.EMAIL_ADDR as EMAIL_CAMP,
        s.EMAIL_ADDR as EMAIL_PERS, f.EMAIL_ADDR as EMAIL_PREF,
        t.PHONE,
        case
          when exists (select 1 from PS_JOB j where j.EMPLID = o.EMPLID
            and j.EFFDT = (select max(x.EFFDT) from PS_JOB x where x.EMPLID = j.EMPLID
              and x.EMPL_RCD = j.EMPL_RCD and x.EFFDT <= :today)
            and j.EFFSEQ = (select max(x.EFFSEQ) from PS_JOB x where x.EMPLID = j.EMPLID
              and x.EMPL_RCD = j.EMPL_RCD and x.EFFDT = j.EFFDT)
            and j.HR_STATUS = 'A' and j.EMPL_STATUS not in ('L', 'P')) then 'A'
          when exists (select 1 from PS_JOB j where j.EMPLID = o.EMPLID
            and j.EFFDT = (select max(x.EFFDT) from PS_JOB x where x.EMPLID = j.EMPLID
              and x.EMPL_RCD = j.EMPL_RCD and x.EFFDT <= :today)
            and j.EFFSEQ = (select max(x.EFFSEQ) from PS_JOB x where x.EMPLID = j.EMPLID
              and x.EMPL_RCD = j.EMPL_RCD and x.EFFDT = j.EFFDT)
            and j.HR_STATUS = 'A') then 'L'
          when exists (select 1 from PS_JOB j where j.EMPLID = o.EMPLID
            and j.EFFDT <= :today) then 'I'
          else ' '
        end as HR_STATUS
      from PSOPRDEFN o
        left join PS_NAMES n on n.EMPLID = o.EMPLID and n.NAME_TYPE = 'PRI' and n.EFF_STATUS = 'A'
          and n.EFFDT = (select max(x.EFFDT) from PS_NAMES x where x.EMPLID = o.EMPLID
            and x.NAME_TYPE = 'PRI' and x.EFFDT <= :today)
        left join PS_NAMES p on p.EMPLID = o.EMPLID and p.NAME_TYPE = 'PRF' and p.EFF_STATUS = 'A'
          and p.EFFDT = (select max(x.EFFDT) from PS_NAMES x where x.EMPLID = o.EMPLID
            and x.NAME_TYPE = 'PRF' and x.EFFDT <= :today)
        left join PS_EMAIL_ADDRESSES h on h.EMPLID = o.EMPLID and h.E_ADDR_TYPE = 'HOME'
        left join PS_EMAIL_ADDRESSES b on b.EMPLID = o.EMPLID and b.E_ADDR_TYPE = 'BUSN'
        left join PS_EMAIL_ADDRESSES c on c.EMPLID = o.EMPLID and c.E_ADDR_TYPE = 'CAMP'
        left join PS_EMAIL_ADDRESSES s on s.EMPLID = o.EMPLID and s.E_ADDR_TYPE = 'PERS'
        left join PS_EMAIL_ADDRESSES f on f.EMPLID = o.EMPLID and f.PREF_EMAIL_FLAG = 'Y'
        left join PS_PERSONAL_PHONE t on t.EMPLID = o.EMPLID and t.PREF_PHONE_FLAG = 'Y'
      where o.OPRID in (:oprids)
      """;
}
