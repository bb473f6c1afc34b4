package dev.rollcall.connector.okta;

import dev.rollcall.http.Exchange;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.Call;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.Errand;
import java.io.IOException;
import java.time.Duration;

/** Makes one exchange: asks before whether it may be made, and tells afterwards what it came to. */
final class MeteredWire {

  /** The sending itself. */
  interface Sending {
    Exchange send() throws IOException;
  }

  /**
   * Makes it.
   *
   * @param pass what is in it that is never shown
   * @return the answer, whatever the status
   * @throws ConnectorException when there was no whole answer
   */
  Exchange exchange(Errand errand, OktaCall call, Pass pass, Sending sending) {
    errand.before(call.bucket(), call.write());
    long began = System.nanoTime();
    Exchange answer;
    try {
      answer = sending.send();
    } catch (IOException | IllegalStateException failure) {
      // The second: the pool of connections is shut, as when the service stops.
      String said = pass.hidden(failure.toString());
      errand.after(
          new Call(
              call.bucket(),
              call.method(),
              call.path(),
              call.write(),
              null,
              null,
              null,
              said,
              since(began)));
      throw new ConnectorException(
          ErrorKind.UNAVAILABLE,
          "No whole answer of Okta to %s: %s".formatted(call.named(), said),
          failure);
    }
    Exchange shown = new Exchange(answer.status(), answer.headers(), pass.hidden(answer.body()));
    errand.after(
        new Call(
            call.bucket(),
            call.method(),
            call.path(),
            call.write(),
            answer.status(),
            OktaHeaders.room(answer.headers()),
            OktaHeaders.requestId(answer.headers()),
            answer.success() ? null : OktaError.of(shown).text(),
            since(began)));
    return answer.success() ? answer : shown;
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
