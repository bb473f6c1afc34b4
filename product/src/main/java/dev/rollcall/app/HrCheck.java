package dev.rollcall.app;

import dev.rollcall.config.HrSettings;
import dev.rollcall.config.HrSettings.Tenant;
import dev.rollcall.connector.okta.OktaCheck;
import dev.rollcall.connector.peoplesoftqueue.PeopleSoftDatabase;
import dev.rollcall.http.HttpSender;
import dev.rollcall.plan.identity.IdentitySettings;
import dev.rollcall.spi.ConnectorException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Looks at what an instance of the route hr-to-okta needs; calls nothing but one read each. */
final class HrCheck {

  private HrCheck() {}

  /** One result for PeopleSoft's database, one for its name, and one for its tenant. */
  static List<Check.Result> run(HrSettings settings) {
    List<Check.Result> results = new ArrayList<>();
    Clock clock = Clock.systemUTC();
    String looking = "environment";
    try (PeopleSoftDatabase people = HrRoute.people(settings, clock)) {
      String name = people.environment();
      results.add(result(settings, "database", true, "calls itself " + name));
      String environment = HrRoute.environment(settings, people);
      results.add(result(settings, "environment", true, "a tenant is set for " + environment));
      looking = "identityTypes";
      IdentitySettings rules =
          HrPlanning.rules(settings, people, HrRoute.tables(settings.tables()));
      Tenant tenant = settings.tenants().get(environment);
      if (tenant != null) {
        try (HttpSender sender = new HttpSender(settings.okta().patience())) {
          OktaCheck.Standing standing =
              new OktaCheck(HrRoute.okta(settings, tenant, rules), sender, clock).look();
          results.add(result(settings, "okta", standing.ok(), standing.reason()));
        }
      }
    } catch (ConnectorException failure) {
      results.add(result(settings, "database", false, String.valueOf(failure.getMessage())));
    } catch (RefusedStart refused) {
      results.add(result(settings, looking, false, String.valueOf(refused.getMessage())));
    } catch (IllegalArgumentException wrong) {
      results.add(result(settings, "configuration", false, String.valueOf(wrong.getMessage())));
    } catch (IOException failure) {
      results.add(result(settings, "okta", false, String.valueOf(failure.getMessage())));
    }
    return results;
  }

  private static Check.Result result(HrSettings settings, String check, boolean ok, String reason) {
    return new Check.Result(settings.name(), check, ok, reason);
  }
}
