package dev.rollcall.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses are one of those that were named. */
class NetworkTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,     10.255.255.255, true",
    "10.0.0.0/8,     11.0.0.0,       false",
    "10.1.2.3,       10.1.2.3,       true",
    "10.1.2.3,       10.1.2.4,       false",
    "192.0.2.128/25, 192.0.2.127,    false",
    "192.0.2.128/25, 192.0.2.129,    true",
    "192.0.2.1/31,   192.0.2.0,      true",
    "0.0.0.0/0,      203.0.113.9,    true",
    "0.0.0.0/0,      ::1,            false",
    "2001:db8::/33,  2001:db8:7fff::1, true",
    "2001:db8::/33,  2001:db8:8000::1, false",
    "::1,            0:0:0:0:0:0:0:1, true",
    "fe80::/10,      fe80::1%eth0,   true",
    "10.0.0.0/8,     ::ffff:10.1.2.3, true",
    "10.0.0.0/8,     '',             false",
    "0.0.0.0/0,      somewhere.example.edu, false"
  })
  void anAddressIsInANetworkWhenItBeginsLikeIt(String network, String address, boolean inside) {
    assertThat(Network.parse(network).contains(address)).isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host.example.edu", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "1/x"})
  void whatIsNoNetworkIsNotTaken(String text) {
    assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
