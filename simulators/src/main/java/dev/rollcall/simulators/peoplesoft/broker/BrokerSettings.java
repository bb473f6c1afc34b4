package dev.rollcall.simulators.peoplesoft.broker;

/**
 * How the broker works its queue.
 *
 * @param parallel how many different people are sent at once
 * @param headOfLine whether a contract in Error or Retry holds back later ones of its person
 * @param retryMillis pause before a Retry contract, or a ping to a node that is down, goes out
 * @param timeoutMillis how long an answer is waited for
 * @param transactionIds whether the TransactionID header is sent
 * @param maxTries sends after which a contract in Retry becomes Timeout; 0 is without end
 */
public record BrokerSettings(
    int parallel,
    boolean headOfLine,
    int retryMillis,
    int timeoutMillis,
    boolean transactionIds,
    int maxTries) {
  public static final BrokerSettings DEFAULTS = new BrokerSettings(4, true, 500, 10_000, true, 0);

  public BrokerSettings {
    if (parallel < 1 || retryMillis < 1 || timeoutMillis < 1 || maxTries < 0) {
      throw new IllegalArgumentException(
          "parallel, retryMillis and timeoutMillis must be positive, maxTries not negative");
    }
  }

  public BrokerSettings withParallel(int other) {
    return new BrokerSettings(
        other, headOfLine, retryMillis, timeoutMillis, transactionIds, maxTries);
  }
}
