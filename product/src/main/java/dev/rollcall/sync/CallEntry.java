package dev.rollcall.sync;

import dev.rollcall.spi.Call;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a call is told in the audit. */
final class CallEntry {

  private CallEntry() {}

  static Map<String, Object> told(Call call) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("method", call.method());
    told.put("path", call.path());
    if (call.status() != null) {
      told.put("status", call.status());
    }
    told.put("ms", call.took().toMillis());
    if (call.requestId() != null) {
      told.put("requestId", call.requestId());
    }
    if (call.said() != null) {
      told.put("answer", Trouble.shortened(call.said()));
    }
    return told;
  }
}
