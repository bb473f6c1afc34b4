package dev.rollcall.config;

import dev.rollcall.plan.identity.IdentitySettings;
import dev.rollcall.plan.identity.IdentityType;
import dev.rollcall.plan.identity.LeavePolicy;
import dev.rollcall.plan.identity.NameKind;
import dev.rollcall.plan.identity.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads how people become accounts by the identity types they hold. */
final class IdentityReader {

  private static final String NONE = "None";

  private IdentityReader() {}

  static IdentitySettings read(Section section) {
    IdentitySettings shipped = IdentitySettings.shipped();
    List<IdentityType> types = types(section.section("types"));
    Map<String, Template> attributes = attributes(section.section("attributes"));
    String correlation = section.text("correlation", shipped.correlation());
    NameKind names =
        section.oneOf(
            "loginNames",
            Map.of("legal", NameKind.LEGAL, "preferred", NameKind.PREFERRED),
            shipped.loginNames());
    boolean rename = section.flag("renameLogin", shipped.renameLogin());
    LeavePolicy leave =
        section.oneOf(
            "leave",
            Map.of(
                "suspend",
                LeavePolicy.SUSPEND,
                "keep",
                LeavePolicy.KEEP,
                "deactivate",
                LeavePolicy.DEACTIVATE),
            shipped.leave());
    Set<String> leaveCodes = codes(section, "leaveCodes", shipped.leaveCodes());
    Set<String> inactive = codes(section, "inactiveCodes", shipped.inactiveCodes());
    Set<String> withoutJob = codes(section, "withoutJob", shipped.withoutJob());
    Set<String> ignored = codes(section, "ignoredTypes", shipped.ignoredTypes());
    Set<String> more = codes(section, "moreGroups", shipped.moreGroups());
    section.done();
    try {
      return new IdentitySettings(
          types.isEmpty() ? shipped.types() : types,
          attributes,
          correlation,
          names,
          rename,
          leave,
          leaveCodes,
          inactive,
          withoutJob,
          ignored,
          shipped.longest(),
          more);
    } catch (IllegalArgumentException wrong) {
      section.problemAt("types", "'%s': %s".formatted(section.path(), wrong.getMessage()));
      return shipped;
    }
  }

  private static Set<String> codes(Section section, String key, Set<String> otherwise) {
    return new HashSet<>(section.texts(key, otherwise.stream().sorted().toList()));
  }

  private static List<IdentityType> types(Section section) {
    List<IdentityType> types = new ArrayList<>();
    section
        .sections()
        .forEach((code, entry) -> {
          String login = entry.required("login");
          List<String> emails = entry.texts("emails", List.of());
          boolean phone = entry.flag("phone", false);
          String begins =
              entry.oneOf("begins", Map.of("STAGED", "STAGED", "ACTIVE", "ACTIVE"), "STAGED");
          List<String> groups = entry.texts("groups", List.of());
          entry.done();
          try {
            types.add(IdentityType.of(code, login, emails, phone, begins, groups));
          } catch (IllegalArgumentException wrong) {
            entry.problemAt("login", "'%s': %s".formatted(entry.path(), wrong.getMessage()));
          }
        });
    return types;
  }

  /** What is shipped, with what is set here laid over it. */
  private static Map<String, Template> attributes(Section section) {
    Map<String, Template> attributes = new LinkedHashMap<>(IdentitySettings.defaultAttributes());
    section
        .entries()
        .forEach((attribute, text) -> {
          if (text.equals(NONE)) {
            attributes.remove(attribute);
            return;
          }
          try {
            attributes.put(attribute, Template.parse(text));
          } catch (IllegalArgumentException wrong) {
            section.problemAt(
                attribute, "'%s.%s': %s".formatted(section.path(), attribute, wrong.getMessage()));
          }
        });
    return attributes;
  }
}
