package dev.rollcall.spi;

/** What the engine gives a connector that calls another system for one event. */
public interface Errand {

  /**
   * To be called before each call.
   *
   * @param bucket as the target counts its calls
   * @param write whether the call is to change something
   * @throws NotNow when there is no room for it at present
   * @throws ErrandOver when nothing more may be called, or nothing more changed
   */
  void before(String bucket, boolean write);

  /** To be called after each call that was let through, with an answer or without. */
  void after(Call call);

  /**
   * To be called as soon as an account was made, or is known to be the one that was made: it is
   * linked at once, so that no second one is made whatever comes next.
   *
   * @param accountId the other side's own id
   */
  void made(String accountId);
}
