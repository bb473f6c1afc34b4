package dev.rollcall.db;

import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The servers between which a database may move without anybody's consent: those of a cluster with
 * failover, or one that has several addresses.
 *
 * @param entries addresses, networks ({@code 10.1.0.0/16}) or names of machines, in which {@code *}
 *     stands for any letters
 */
public record Servers(List<String> entries) {

  private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]*[:.][0-9a-fA-F:.]*");

  public Servers {
    entries = List.copyOf(entries);
  }

  /** One server, which has one address. */
  public static Servers none() {
    return new Servers(List.of());
  }

  /**
   * Says what is wrong with an entry.
   *
   * @throws IllegalArgumentException when it is to be a network and is none
   */
  public static void check(String entry) {
    int slash = entry.indexOf('/');
    if (slash >= 0) {
      byte[] network = address(entry.substring(0, slash));
      int length = prefix(entry, slash);
      if (network.length == 0 || length < 0 || length > network.length * Byte.SIZE) {
        throw new IllegalArgumentException("must be a network such as 10.1.0.0/16");
      }
    }
  }

  /** Whether both are among them. */
  public boolean areOne(String one, String other) {
    return isOne(one) && isOne(other);
  }

  private boolean isOne(String server) {
    return entries.stream().anyMatch(entry -> fits(entry, server));
  }

  private static boolean fits(String entry, String server) {
    int slash = entry.indexOf('/');
    if (slash >= 0) {
      return isIn(address(entry.substring(0, slash)), prefix(entry, slash), address(server));
    }
    String pattern =
        Stream.of(entry.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(server).matches();
  }

  private static boolean isIn(byte[] network, int length, byte[] address) {
    if (network.length == 0 || network.length != address.length) {
      return false;
    }
    for (int bit = 0; bit < length; bit++) {
      int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
      if ((network[bit / Byte.SIZE] & mask) != (address[bit / Byte.SIZE] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static int prefix(String entry, int slash) {
    try {
      return Integer.parseInt(entry.substring(slash + 1));
    } catch (NumberFormatException none) {
      return -1;
    }
  }

  /** The bytes of an address; none when it is a name, which is never looked up. */
  private static byte[] address(String text) {
    if (!ADDRESS.matcher(text).matches()) {
      return new byte[0];
    }
    try {
      return InetAddress.ofLiteral(text).getAddress();
    } catch (IllegalArgumentException noAddress) {
      return new byte[0];
    }
  }
}
