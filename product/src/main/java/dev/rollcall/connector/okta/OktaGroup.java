package dev.rollcall.connector.okta;

/**
 * A group as Okta has it.
 *
 * @param type of which only {@code OKTA_GROUP} takes members from outside
 */
record OktaGroup(String id, String name, String type) {

  boolean takesMembers() {
    return type.equals("OKTA_GROUP");
  }
}
