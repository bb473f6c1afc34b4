package dev.rollcall.connector.okta;

import dev.rollcall.http.Exchange;
import dev.rollcall.http.HttpSender;
import dev.rollcall.spi.Call;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.Errand;
import java.time.Clock;

/** Looks whether a tenant lets Rollcall in, by one read of one user; changes nothing. */
public final class OktaCheck {

  private final OktaSettings settings;
  private final HttpSender sender;
  private final Clock clock;

  /**
   * @param sender with the patience of the settings
   */
  public OktaCheck(OktaSettings settings, HttpSender sender, Clock clock) {
    this.settings = settings;
    this.sender = sender;
    this.clock = clock;
  }

  /**
   * What was found.
   *
   * @param reason in one line, with the way out where it is not well
   */
  public record Standing(boolean ok, String reason) {}

  /** Asks now; a few calls at most, which no budget knows of. */
  public Standing look() {
    String place = settings.baseUrl().getHost();
    try {
      Exchange answer =
          new OktaClient(new OktaConnection(settings, sender, clock), new ByHand()).leastRead();
      Call.Room room = OktaHeaders.room(answer.headers());
      return new Standing(
          true,
          "%s lets %s in and read users%s; what it may change shows with the first change"
              .formatted(
                  place,
                  settings.auth(),
                  room == null ? "" : ", %d calls a minute of that kind".formatted(room.limit())));
    } catch (ConnectorException failure) {
      return new Standing(false, "%s: %s".formatted(place, failure.getMessage()));
    }
  }

  /** A person asks, for no event. */
  private static final class ByHand implements Errand {
    @Override
    public void before(String bucket, boolean write) {
      // Nothing stands against one read.
    }

    @Override
    public void after(Call call) {
      // The answer is shown to who asked.
    }

    @Override
    public void made(String accountId) {
      throw new IllegalStateException("a check makes no account");
    }
  }
}
