package dev.rollcall.simulators.okta.directory;

import java.util.List;

/** A call that Okta answers with an error: its code, what it says, and the causes it names. */
public final class Refusal extends RuntimeException {
  private final int status;
  private final ErrorCode code;
  private final List<String> causes;

  private Refusal(int status, ErrorCode code, String summary, List<String> causes) {
    super(summary);
    this.status = status;
    this.code = code;
    this.causes = List.copyOf(causes);
  }

  /** An error that says nothing of its own. */
  public static Refusal of(ErrorCode code, String... causes) {
    return new Refusal(code.status(), code, code.summary(""), List.of(causes));
  }

  /** An error under a status other than the one of its code. */
  public static Refusal of(int status, ErrorCode code, String about) {
    return new Refusal(status, code, code.summary(about), List.of());
  }

  /** Something there is not, for example {@code 00u1 (User)}. */
  public static Refusal notFound(String id, String type) {
    ErrorCode code = ErrorCode.E0000007;
    return new Refusal(code.status(), code, code.summary(id + " (" + type + ")"), List.of());
  }

  /** A request that does not keep a rule; {@code about} is what the summary names. */
  public static Refusal invalid(String about, List<String> causes) {
    ErrorCode code = ErrorCode.E0000001;
    return new Refusal(code.status(), code, code.summary(about), causes);
  }

  public int status() {
    return status;
  }

  public ErrorCode code() {
    return code;
  }

  public String summary() {
    return String.valueOf(getMessage());
  }

  public List<String> causes() {
    return causes;
  }
}
