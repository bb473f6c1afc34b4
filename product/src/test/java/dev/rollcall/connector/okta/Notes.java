package dev.rollcall.connector.okta;

import dev.rollcall.spi.Call;
import dev.rollcall.spi.Errand;
import dev.rollcall.spi.ErrandOver;
import java.util.ArrayList;
import java.util.List;

/** An errand that lets everything through, until it is told not to, and keeps what it was told. */
public final class Notes implements Errand {

  public final List<String> asked = new ArrayList<>();
  public final List<Call> calls = new ArrayList<>();
  public final List<String> made = new ArrayList<>();

  private int letThrough = Integer.MAX_VALUE;

  /** Lets only so many more calls through. */
  public void letThrough(int calls) {
    letThrough = calls;
  }

  @Override
  public synchronized void before(String bucket, boolean write) {
    if (letThrough-- <= 0) {
      throw new ErrandOver("the claim was lost");
    }
    asked.add(bucket + (write ? " write" : ""));
  }

  @Override
  public synchronized void after(Call call) {
    calls.add(call);
  }

  @Override
  public synchronized void made(String accountId) {
    made.add(accountId);
  }
}
