package dev.rollcall.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lookups the campus guide ships, letter for letter ({@code facts/oim-campus-connector.md §5},
 * seed 004 §1.5.3).
 *
 * <p>{@code Start Date} follows the guide too: it reads the name row in effect whatever its type,
 * so it moves whenever any name changes.
 */
public final class CampusDefaults {

  private static final String AFFILIATION = "~SCC_AFL_PERSON~None~None~RESOURCE=Affiliations";

  private CampusDefaults() {}

  /** {@code Lookup.PSFT.Campus.SccConstituentSync.AttributeMapping}. */
  public static Map<String, String> syncAttributes() {
    return attributes("SCC_PER_NAME_I");
  }

  /** {@code Lookup.PSFT.Campus.SccConstituentFullSync.AttributeMapping}. */
  public static Map<String, String> fullSyncAttributes() {
    return attributes("SCC_PER_NAME_I2");
  }

  private static Map<String, String> attributes(String names) {
    Map<String, String> table = new LinkedHashMap<>();
    table.put("User ID", "EMPLID~SCC_CM_PERSON_I~None~None~PRIMARY");
    table.put("First Name", "FIRST_NAME~" + names + "~NAME_TYPE=PRI~EFFDT");
    table.put("Last Name", "LAST_NAME~" + names + "~NAME_TYPE=PRI~EFFDT");
    table.put("Email", "EMAIL_ADDR~SCC_PER_EMAIL_I");
    table.put("Home Phone", "PHONE~SCC_PER_PHONE_I");
    table.put("Campus ID", "CAMPUS_ID~PERSON_SA");
    table.put("Start Date", "EFFDT~" + names + "~None~EFFDT");
    table.put("Institution", "INSTITUTION" + AFFILIATION);
    table.put("Affiliation Code", "SCC_AFL_CODE" + AFFILIATION);
    table.put("Affiliation Status", "SCC_AFL_STATUS" + AFFILIATION);
    table.put("Affiliation Description", "SCC_AFL_STS_DESCR" + AFFILIATION);
    table.put("Affiliation Start Date", "START_DT" + AFFILIATION);
    table.put("Affiliation End Date", "END_DT" + AFFILIATION);
    return table;
  }

  /** {@code Lookup.PSFT.Campus.SccConstituentSync.Recon}, in the order of the attributes. */
  public static Map<String, String> reconFields() {
    Map<String, String> table = new LinkedHashMap<>();
    for (String label : syncAttributes().keySet()) {
      boolean resource = label.startsWith("Affiliation") || label.equals("Institution");
      table.put(
          label.equals("Start Date") ? "Effective Start Date" : label,
          resource ? label + "~None~None~Resource" : label);
    }
    table.put("Affiliations", "Affiliations");
    table.put("User Type", "User Type");
    return table;
  }

  /** {@code Lookup.PSFT.Campus.CustomQuery}. */
  public static Map<String, String> customQueryFields() {
    Map<String, String> table = new LinkedHashMap<>();
    table.put("Campus ID", "USR_UDF_CAMPUS_ID");
    table.put("Effective Start Date", "Users.Start Date");
    table.put("Email", "Users.Email");
    table.put("First Name", "Users.First Name");
    table.put("Last Name", "Users.Last Name");
    table.put("User ID", "Users.User ID");
    return table;
  }

  /** The rules these tables make for a pushed message. */
  static List<AttributeRule> rules() {
    return syncAttributes().entrySet().stream()
        .map(entry -> {
          String label = entry.getKey();
          boolean resource = entry.getValue().endsWith("RESOURCE=Affiliations");
          String attribute =
              resource ? AttributeNames.ofAffiliation(label) : AttributeNames.of(label);
          return AttributeRule.of(attribute, label, entry.getValue());
        })
        .toList();
  }
}
