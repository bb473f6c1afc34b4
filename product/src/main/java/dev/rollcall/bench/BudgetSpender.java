package dev.rollcall.bench;

import dev.rollcall.app.Databases;
import dev.rollcall.app.Home;
import dev.rollcall.connector.okta.OktaAuth;
import dev.rollcall.connector.okta.OktaSettings;
import dev.rollcall.connector.okta.OktaTarget;
import dev.rollcall.db.Database;
import dev.rollcall.http.HttpSender;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.Call;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.Errand;
import dev.rollcall.spi.NotNow;
import dev.rollcall.sync.budget.BudgetSettings;
import dev.rollcall.sync.budget.Pace;
import dev.rollcall.sync.budget.RateBudget;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * One process of those that share a budget: calls a tenant through Rollcall's own client as often
 * as the budget lets it, until its standard input ends.
 */
public final class BudgetSpender {

  private static final int WORKERS = 8;
  private static final Duration BETWEEN_LEAVERS = Duration.ofSeconds(13);
  private static final String NUMBER = "employeeNumber";

  private final RateBudget budget;
  private final OktaTarget target;
  private final Clock clock;

  private BudgetSpender(RateBudget budget, OktaTarget target, Clock clock) {
    this.budget = budget;
    this.target = target;
    this.clock = clock;
  }

  /**
   * Runs until the standard input ends.
   *
   * @param arguments the database on the local server, the tenant's address, its token, by how many
   *     seconds this clock is wrong
   */
  public static void main(String[] arguments) throws IOException {
    Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(Long.parseLong(arguments[3])));
    OktaSettings settings =
        OktaSettings.of(
            URI.create(arguments[1]), new OktaAuth.ApiToken(arguments[2]), NUMBER, Set.of());
    Home home = Home.of(System.getenv());
    try (Database database = Database.local(Databases.local(home), arguments[0]);
        HttpSender sender = new HttpSender(settings.patience())) {
      RateBudget budget =
          new RateBudget(
              database,
              clock,
              Pace.real(),
              new SecureRandom(),
              BudgetBench.TARGET,
              BudgetSettings.defaults()
                  .withOrgLimits(Map.of(BudgetBench.BUCKET, BudgetBench.ORG_LIMIT)));
      new BudgetSpender(budget, new OktaTarget(settings, sender, clock), clock).start();
      while (System.in.read() >= 0) {
        // Whoever started it says nothing: the end is when they close it, or are gone.
      }
      // In the middle of calls: what they still learn is nobody's any more.
      Runtime.getRuntime().halt(0);
    }
  }

  private void start() {
    for (int worker = 0; worker < WORKERS; worker++) {
      Priority priority = worker == 0 ? Priority.NORMAL : Priority.BULK;
      Thread.ofVirtual().start(() -> work(priority, Duration.ZERO));
    }
    Thread.ofVirtual().start(() -> work(Priority.LEAVER, BETWEEN_LEAVERS));
  }

  private void work(Priority priority, Duration rest) {
    var accounts = target.during(new Spending(priority));
    SubjectKey nobody = new SubjectKey("bench", "nobody");
    try {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          var _ = accounts.search(Map.of(nobody, Map.of(NUMBER, "nobody")));
          Thread.sleep(rest);
        } catch (NotNow notNow) {
          Duration wait = Duration.between(clock.instant(), notNow.until());
          Thread.sleep(wait.isNegative() ? Duration.ZERO : wait);
        } catch (ConnectorException refused) {
          // The budget has learned of it, and the tenant has counted it.
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks the budget before each call, and tells it what came of it. */
  private final class Spending implements Errand {
    private final Priority priority;

    Spending(Priority priority) {
      this.priority = priority;
    }

    @Override
    public void before(String bucket, boolean write) {
      budget.acquire(bucket, priority);
    }

    @Override
    public void after(Call call) {
      budget.learn(call);
    }

    @Override
    public void made(String accountId) {
      throw new IllegalStateException("a search made account " + accountId);
    }
  }
}
