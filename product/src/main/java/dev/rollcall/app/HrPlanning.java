package dev.rollcall.app;

import dev.rollcall.config.HrSettings;
import dev.rollcall.connector.peoplesoftqueue.IdentityTypes;
import dev.rollcall.connector.peoplesoftqueue.PeopleSoftDatabase;
import dev.rollcall.connector.peoplesoftqueue.QueueTables;
import dev.rollcall.plan.identity.IdentitySettings;
import dev.rollcall.plan.identity.IdentityType;
import dev.rollcall.spi.ConnectorException;
import java.util.ArrayList;
import java.util.List;

/** How people of an instance of the route hr-to-okta become accounts. */
final class HrPlanning {

  private HrPlanning() {}

  /**
   * The rules in force: those of the settings, with the identity types of PeopleSoft's table where
   * the settings say so.
   *
   * @throws RefusedStart when the table cannot be read, or says something that cannot be followed
   */
  static IdentitySettings rules(
      HrSettings settings, PeopleSoftDatabase people, QueueTables tables) {
    IdentitySettings rules = settings.identity();
    if (!settings.typesFromTable()) {
      return rules;
    }
    try {
      List<IdentityType> types = new ArrayList<>();
      for (IdentityTypes.Type type : new IdentityTypes(people, tables).read()) {
        types.add(
            IdentityType.of(
                type.code(),
                type.loginFormat(),
                type.emailTypes(),
                type.syncPhone(),
                type.initialState(),
                type.groups()));
      }
      return new IdentitySettings(
          types,
          rules.attributes(),
          rules.correlation(),
          rules.loginNames(),
          rules.renameLogin(),
          rules.leave(),
          rules.leaveCodes(),
          rules.inactiveCodes(),
          rules.withoutJob(),
          rules.ignoredTypes(),
          rules.longest(),
          rules.moreGroups());
    } catch (ConnectorException | IllegalArgumentException wrong) {
      throw new RefusedStart(
          "instances.%s.identityTypes says table, and nothing is started without it: %s"
              .formatted(settings.name(), wrong.getMessage()));
    }
  }
}
