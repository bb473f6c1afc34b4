package dev.rollcall.simulators.peoplesoft.hr;

import java.time.Duration;

/** Lets something happen again and again. */
final class HrFeed implements AutoCloseable {
  private final Thread thread;
  private volatile boolean over;

  private HrFeed(Duration every, Runnable what) {
    thread = Thread.ofVirtual().name("hr-feed").unstarted(() -> run(every, what));
  }

  /**
   * Begins.
   *
   * @param every until the first time, and between two of them
   */
  static HrFeed start(Duration every, Runnable what) {
    HrFeed feed = new HrFeed(every, what);
    feed.thread.start();
    return feed;
  }

  private void run(Duration every, Runnable what) {
    while (!over) {
      try {
        Thread.sleep(every);
      } catch (InterruptedException end) {
        return;
      }
      once(what);
    }
  }

  /** A database that is away for a while must not end it. */
  private void once(Runnable what) {
    try {
      if (!over) {
        what.run();
      }
    } catch (RuntimeException failure) {
      System.err.println("The feed of HR left one out: " + failure.getMessage());
    }
  }

  /** Ends it; what happens just now comes to its end. */
  @Override
  public void close() {
    over = true;
    thread.interrupt();
  }
}
