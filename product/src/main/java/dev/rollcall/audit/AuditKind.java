package dev.rollcall.audit;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What an audit entry tells. */
public enum AuditKind {
  /** An event was worked: match, changes and outcome. */
  OUTCOME("outcome"),
  /** Another system was called to change something, or did not answer with success. */
  CALL("call"),
  /** A claim was lost and its events given back. */
  CLAIM_LOST("claim-lost"),
  /** A message was stored before and had no second effect. */
  MESSAGE_REPEATED("message-repeated"),
  /** A message was refused; its sender was told why. */
  MESSAGE_REFUSED("message-refused"),
  /** A person asked for something. */
  REQUESTED("requested"),
  /** A person decided about something that waited for it. */
  DECIDED("decided"),
  /** A person has looked at a finding. */
  FINDING_DONE("finding-done"),
  /** What was said about a person in the past was erased. */
  ERASED("erased"),
  /** Somebody took many people's data, or the audit, out of here. */
  EXPORTED("exported"),
  /** Housekeeping removed what was old. */
  TIDIED("tidied"),
  /** The roles of a file were made. */
  ROLES_SEEDED("roles-seeded"),
  /** Somebody came in. */
  SIGNED_IN("signed-in"),
  /** Somebody was not let in. */
  SIGN_IN_REFUSED("sign-in-refused"),
  /** Who may come in, or what they may do, was changed. */
  ACCESS_CHANGED("access-changed"),
  /** Somebody with the right to looked at a person's national ids. */
  NATIONAL_ID_SEEN("national-id-seen"),
  /** A person said that a copied or moved database belongs where it is. */
  ADOPTED("adopted");

  private final String code;

  AuditKind(String code) {
    this.code = code;
  }

  /** As stored and shown. */
  public String code() {
    return code;
  }

  /**
   * The kind with this code.
   *
   * @throws IllegalArgumentException naming the codes there are
   */
  public static AuditKind ofCode(String code) {
    return Arrays.stream(values())
        .filter(kind -> kind.code.equals(code))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "Unknown kind of audit entry '%s'; one of %s"
                    .formatted(
                        code,
                        Arrays.stream(values())
                            .map(AuditKind::code)
                            .collect(Collectors.joining(", ")))));
  }
}
