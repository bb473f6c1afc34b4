package dev.rollcall.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;

/**
 * Addresses that begin alike, as in {@code 10.0.0.0/8}, {@code 2001:db8::/32} or one address alone.
 *
 * @param bits how many of the first bits are those of {@code first}
 */
public record Network(InetAddress first, int bits) {

  /** So many bytes of an IPv6 address name the network; IPv4 has fewer in all. */
  private static final int IPV6_NETWORK = 8;

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

  /**
   * From where somebody comes, for counting: of IPv6 the first 64 bits, because whoever has one
   * address there has all that begin like it. An address written in another way is the same.
   *
   * @param address as a number; anything else is answered as it is
   */
  static String origin(String address) {
    byte[] bytes;
    try {
      bytes = InetAddress.ofLiteral(address.replaceFirst("%.*", "")).getAddress();
      if (bytes.length <= IPV6_NETWORK) {
        return InetAddress.getByAddress(bytes).getHostAddress();
      }
      Arrays.fill(bytes, IPV6_NETWORK, bytes.length, (byte) 0);
      return InetAddress.getByAddress(bytes).getHostAddress() + "/" + IPV6_NETWORK * Byte.SIZE;
    } catch (IllegalArgumentException | UnknownHostException none) {
      return address;
    }
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
