package dev.rollcall.simulators.peoplesoft.broker;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * A message that somebody wrote by hand.
 *
 * @param headers replace the usual ones; an empty value takes a header away
 */
public record RawMessage(
    Optional<String> emplid,
    String body,
    Map<String, Optional<String>> headers,
    Encoding encoding,
    Optional<URI> listener) {}
