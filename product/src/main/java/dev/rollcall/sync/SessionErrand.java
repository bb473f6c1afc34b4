package dev.rollcall.sync;

import dev.rollcall.audit.Audit;
import dev.rollcall.audit.AuditEntry;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.model.Priority;
import dev.rollcall.spi.Call;
import dev.rollcall.spi.CallBudget;
import dev.rollcall.spi.Errand;
import dev.rollcall.spi.ErrandOver;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Calls about many people together. Before each it is asked again whether to go on; what changes
 * something outside is written down as soon as it is answered.
 */
final class SessionErrand implements Errand {

  private final String instance;
  private final CallBudget budget;
  private final Audit audit;
  private final BooleanSupplier mayGoOn;

  SessionErrand(String instance, CallBudget budget, Audit audit, BooleanSupplier mayGoOn) {
    this.instance = instance;
    this.budget = budget;
    this.audit = audit;
    this.mayGoOn = mayGoOn;
  }

  @Override
  public void before(String bucket, boolean write) {
    budget.acquire(bucket, Priority.NORMAL);
    try {
      if (!mayGoOn.getAsBoolean()) {
        throw new ErrandOver(
            instance + " was paused or switched, or another process goes on with it");
      }
    } catch (RuntimeException notMade) {
      budget.unused(bucket);
      throw notMade;
    }
  }

  @Override
  public void after(Call call) {
    budget.learn(call);
    Integer status = call.status();
    if (call.write() || status == null || status >= 400) {
      Map<String, Object> told = CallEntry.told(call);
      audit.append(List.of(new AuditEntry(AuditKind.CALL, instance, null, null, told)));
    }
  }

  @Override
  public void made(String accountId) {
    throw new IllegalStateException("A session makes no single account: " + accountId);
  }
}
