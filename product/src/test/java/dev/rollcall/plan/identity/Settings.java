package dev.rollcall.plan.identity;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Settings with some of them changed. */
record Settings(IdentitySettings settings) {

  static Settings of(IdentitySettings settings) {
    return new Settings(settings);
  }

  static Settings shipped() {
    return of(IdentitySettings.shipped());
  }

  Tenant tenant() {
    return new Tenant(settings);
  }

  Settings types(List<IdentityType> types) {
    return with(
        types,
        settings.attributes(),
        settings.loginNames(),
        settings.renameLogin(),
        settings.leave(),
        settings.leaveCodes(),
        settings.ignoredTypes(),
        settings.moreGroups());
  }

  Settings attributes(Map<String, Template> attributes) {
    return with(
        settings.types(),
        attributes,
        settings.loginNames(),
        settings.renameLogin(),
        settings.leave(),
        settings.leaveCodes(),
        settings.ignoredTypes(),
        settings.moreGroups());
  }

  Settings renaming() {
    return with(
        settings.types(),
        settings.attributes(),
        settings.loginNames(),
        true,
        settings.leave(),
        settings.leaveCodes(),
        settings.ignoredTypes(),
        settings.moreGroups());
  }

  Settings loginNames(NameKind names) {
    return with(
        settings.types(),
        settings.attributes(),
        names,
        settings.renameLogin(),
        settings.leave(),
        settings.leaveCodes(),
        settings.ignoredTypes(),
        settings.moreGroups());
  }

  Settings leave(LeavePolicy policy) {
    return with(
        settings.types(),
        settings.attributes(),
        settings.loginNames(),
        settings.renameLogin(),
        policy,
        settings.leaveCodes(),
        settings.ignoredTypes(),
        settings.moreGroups());
  }

  Settings leaveCodes(Set<String> codes) {
    return with(
        settings.types(),
        settings.attributes(),
        settings.loginNames(),
        settings.renameLogin(),
        settings.leave(),
        codes,
        settings.ignoredTypes(),
        settings.moreGroups());
  }

  Settings ignored(Set<String> types) {
    return with(
        settings.types(),
        settings.attributes(),
        settings.loginNames(),
        settings.renameLogin(),
        settings.leave(),
        settings.leaveCodes(),
        types,
        settings.moreGroups());
  }

  Settings moreGroups(Set<String> groups) {
    return with(
        settings.types(),
        settings.attributes(),
        settings.loginNames(),
        settings.renameLogin(),
        settings.leave(),
        settings.leaveCodes(),
        settings.ignoredTypes(),
        groups);
  }

  private Settings with(
      List<IdentityType> types,
      Map<String, Template> attributes,
      NameKind loginNames,
      boolean renameLogin,
      LeavePolicy leave,
      Set<String> leaveCodes,
      Set<String> ignoredTypes,
      Set<String> moreGroups) {
    return of(
        new IdentitySettings(
            types,
            attributes,
            settings.correlation(),
            loginNames,
            renameLogin,
            leave,
            leaveCodes,
            settings.inactiveCodes(),
            settings.withoutJob(),
            ignoredTypes,
            settings.longest(),
            moreGroups));
  }
}
