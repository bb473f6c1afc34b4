package dev.rollcall.simulators.peoplesoft.broker;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The external node's HTTPTARGET set-up.
 *
 * @param url the primary URL; contracts wait while there is none
 * @param itResource the value of the HEADER property that names the IT resource
 * @param header the name of that HEADER property
 * @param headers further HEADER properties
 */
public record Node(
    @Nullable URI url, String itResource, String header, Map<String, String> headers) {
  public Node {
    headers = Map.copyOf(headers);
  }
}
