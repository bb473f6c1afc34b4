package dev.rollcall.sync;

import dev.rollcall.audit.Audit;
import dev.rollcall.audit.AuditEntry;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.event.Claim;
import dev.rollcall.event.Claims;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.spi.Call;
import dev.rollcall.spi.CallBudget;
import dev.rollcall.spi.Errand;
import dev.rollcall.spi.ErrandOver;
import dev.rollcall.spi.NotNow;
import java.time.Duration;
import java.util.List;

/**
 * One event being worked outside. Before each call the claim and the instance are looked at again,
 * after the budget had room: whoever pauses an instance sees no call begin later than the answer.
 * What changes something outside is written down as soon as it is answered, whatever comes next.
 */
final class WorkErrand implements Errand {

  /** A window and what is left of the one before. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private static final Duration BETWEEN = Duration.ofMillis(500);

  private final Instance instance;
  private final Claim claim;
  private final SyncEvent event;
  private final CallBudget budget;
  private final Claims claims;
  private final Audit audit;
  private final AccountLinks links;
  private final Outage outage;
  private boolean called;
  private boolean writing;

  WorkErrand(
      Instance instance,
      Claim claim,
      SyncEvent event,
      CallBudget budget,
      Claims claims,
      Audit audit,
      AccountLinks links,
      Outage outage) {
    this.instance = instance;
    this.claim = claim;
    this.event = event;
    this.budget = budget;
    this.claims = claims;
    this.audit = audit;
    this.links = links;
    this.outage = outage;
  }

  @Override
  public void before(String bucket, boolean write) {
    room(bucket);
    try {
      mayGoOn();
    } catch (RuntimeException notMade) {
      budget.unused(bucket);
      throw notMade;
    }
    called = true;
    writing = write;
  }

  /** In the middle of an errand it is waited for longer: what was called would be called again. */
  private void room(String bucket) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (true) {
      try {
        budget.acquire(bucket, event.priority());
        return;
      } catch (NotNow later) {
        if (!called || System.nanoTime() > deadline) {
          throw later;
        }
        mayGoOn();
        rest(later);
      }
    }
  }

  private static void rest(NotNow later) {
    try {
      Thread.sleep(BETWEEN);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw later;
    }
  }

  /**
   * Looks whether the event is still ours and may still be worked.
   *
   * @throws ErrandOver when it is not
   */
  void mayGoOn() {
    if (!claims.mayGoOn(claim.token(), instance.name(), instance.state())) {
      throw new ErrandOver(
          "event %d: its claim was lost, or %s was paused or switched"
              .formatted(event.id(), instance.name()));
    }
  }

  /** Whether the last call that was let through was to change something. */
  boolean writing() {
    return writing;
  }

  @Override
  public void after(Call call) {
    try {
      write(call);
    } finally {
      learn(call);
    }
  }

  private void learn(Call call) {
    Integer status = call.status();
    if (status != null && status < 300) {
      outage.over(call.write());
    }
    budget.learn(call);
  }

  private void write(Call call) {
    Integer status = call.status();
    if (call.write() || status == null || status >= 400) {
      audit.append(
          List.of(
              new AuditEntry(
                  AuditKind.CALL,
                  instance.name(),
                  event.subject(),
                  event.id(),
                  CallEntry.told(call))));
    }
  }

  @Override
  public void made(String accountId) {
    links.put(instance, event, accountId);
  }
}
