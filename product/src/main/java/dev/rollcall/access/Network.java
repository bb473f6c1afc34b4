package dev.rollcall.access;

import java.net.InetAddress;
import java.util.Collection;

/**
 * Addresses that begin alike, as in {@code 10.0.0.0/8}, {@code 2001:db8::/32} or one address alone.
 *
 * @param bits how many of the first bits are those of {@code first}
 */
public record Network(InetAddress first, int bits) {

  /**
   * Reads one. Names are not looked up: who may come in must not hang on a name server.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Network parse(String text) {
    String[] parts = text.strip().split("/", 2);
    InetAddress first = InetAddress.ofLiteral(parts[0]);
    int most = first.getAddress().length * Byte.SIZE;
    int bits = parts.length == 1 ? most : Integer.parseInt(parts[1]);
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException("/" + bits + " is not from /0 to /" + most);
    }
    return new Network(first, bits);
  }

  /** Whether this address, written as a number, is one of these; of anything else: no. */
  public boolean contains(String address) {
    byte[] given;
    try {
      given = InetAddress.ofLiteral(address.replaceFirst("%.*", "")).getAddress();
    } catch (IllegalArgumentException none) {
      return false;
    }
    byte[] own = first.getAddress();
    if (given.length != own.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if (((given[bit / Byte.SIZE] ^ own[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether one of them contains it. */
  public static boolean anyContains(Collection<Network> networks, String address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  @Override
  public String toString() {
    return first.getHostAddress() + "/" + bits;
  }
}
