package dev.rollcall.plan;

import java.util.List;

/**
 * The attribute mapping the campus guide ships for {@code SCC_CONSTITUENT_SYNC}, letter for letter
 * ({@code Lookup.PSFT.Campus.SccConstituentSync.AttributeMapping}), beside our names.
 *
 * <p>{@code Start Date} follows the guide too: it reads the name row in effect whatever its type,
 * so it moves whenever any name changes ({@code facts/oim-campus-connector.md §5}).
 */
final class CampusDefaults {

  /** Our attribute, the guide's code key, the guide's decode. */
  private static final String[][] TABLE = {
    {"login", "User ID", "EMPLID~SCC_CM_PERSON_I~None~None~PRIMARY"},
    {"first_name", "First Name", "FIRST_NAME~SCC_PER_NAME_I~NAME_TYPE=PRI~EFFDT"},
    {"last_name", "Last Name", "LAST_NAME~SCC_PER_NAME_I~NAME_TYPE=PRI~EFFDT"},
    {"email", "Email", "EMAIL_ADDR~SCC_PER_EMAIL_I"},
    {"phone", "Home Phone", "PHONE~SCC_PER_PHONE_I"},
    {"campus_id", "Campus ID", "CAMPUS_ID~PERSON_SA"},
    {"start_date", "Start Date", "EFFDT~SCC_PER_NAME_I~None~EFFDT"},
    {"institution", "Institution", "INSTITUTION~SCC_AFL_PERSON~None~None~RESOURCE=Affiliations"},
    {"code", "Affiliation Code", "SCC_AFL_CODE~SCC_AFL_PERSON~None~None~RESOURCE=Affiliations"},
    {
      "status",
      "Affiliation Status",
      "SCC_AFL_STATUS~SCC_AFL_PERSON~None~None~RESOURCE=Affiliations"
    },
    {
      "description",
      "Affiliation Description",
      "SCC_AFL_STS_DESCR~SCC_AFL_PERSON~None~None~RESOURCE=Affiliations"
    },
    {"from", "Affiliation Start Date", "START_DT~SCC_AFL_PERSON~None~None~RESOURCE=Affiliations"},
    {"to", "Affiliation End Date", "END_DT~SCC_AFL_PERSON~None~None~RESOURCE=Affiliations"},
  };

  private CampusDefaults() {}

  static List<AttributeRule> rules() {
    return List.of(TABLE).stream()
        .map(entry -> AttributeRule.of(entry[0], entry[1], entry[2]))
        .toList();
  }
}
