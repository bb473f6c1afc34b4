package dev.rollcall.app;

import dev.rollcall.config.HcmRouteSettings;
import dev.rollcall.config.HcmRouteSettings.IdentitySource;
import dev.rollcall.connector.okta.bulk.IdentitySourceCheck;
import dev.rollcall.connector.oraclehcm.HcmCheck;
import dev.rollcall.http.HttpSender;
import dev.rollcall.spi.ConnectorException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Looks at what an instance of the route hcm-to-okta needs; changes nothing. */
final class HcmRouteCheck {

  private HcmRouteCheck() {}

  static List<Check.Result> run(HcmRouteSettings settings) {
    List<Check.Result> results = new ArrayList<>();
    Clock clock = Clock.systemUTC();
    try {
      IdentitySource source = HcmRoute.source(settings);
      results.add(
          result(
              settings,
              "environment",
              true,
              "an identity source is set for " + settings.hcm().url().getHost()));
      try (HttpSender sender = new HttpSender(settings.hcm().patience())) {
        for (HcmCheck.Standing one : new HcmCheck(HcmRoute.hcm(settings), sender, clock).look()) {
          results.add(result(settings, one.name(), one.ok(), one.reason()));
        }
      }
      try (HttpSender sender = new HttpSender(settings.patience())) {
        IdentitySourceCheck.Standing standing =
            new IdentitySourceCheck(HcmRoute.okta(settings, source), sender, clock).look();
        results.add(result(settings, "okta", standing.ok(), String.join("; ", standing.said())));
      }
    } catch (ConnectorException | IOException failure) {
      results.add(result(settings, "calls", false, String.valueOf(failure.getMessage())));
    } catch (RefusedStart refused) {
      results.add(result(settings, "environment", false, String.valueOf(refused.getMessage())));
    } catch (IllegalArgumentException wrong) {
      results.add(result(settings, "configuration", false, String.valueOf(wrong.getMessage())));
    }
    return results;
  }

  private static Check.Result result(
      HcmRouteSettings settings, String check, boolean ok, String reason) {
    return new Check.Result(settings.name(), check, ok, reason);
  }
}
