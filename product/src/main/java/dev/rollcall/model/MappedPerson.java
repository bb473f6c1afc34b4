package dev.rollcall.model;

import dev.rollcall.model.Account.HeldAffiliation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A person as mapped, before anything is compared: what transformations, validations and filters
 * look at.
 *
 * @param attributes by the identity's names; what is not known has no entry
 * @param affiliations as they stand today
 */
public record MappedPerson(Map<String, Value> attributes, List<HeldAffiliation> affiliations) {
  public MappedPerson {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    affiliations = List.copyOf(affiliations);
  }
}
