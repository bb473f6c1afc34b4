package dev.rollcall.connector.campusmessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.spi.RefusedDelivery;
import java.util.List;
import org.junit.jupiter.api.Test;

class CampusMessageSettingsTest {
  private static CampusMessageSettings settings(
      List<String> names, String dataNode, int maxDepth, int maxText) {
    return new CampusMessageSettings(names, false, dataNode, true, maxDepth, maxText);
  }

  @Test
  void theDefaultsAreThoseOfACampusAsDelivered() {
    assertThat(CampusMessageSettings.defaults())
        .isEqualTo(
            new CampusMessageSettings(
                List.of("SCC_CONSTITUENT_SYNC", "SCC_CONSTITUENT_SYNC.v1"),
                false,
                "Transaction",
                true,
                64,
                1_048_576));
  }

  @Test
  void anotherMessageNameAndDataNodeMayBeSet() {
    CampusMessageSettings site = settings(List.of("U_PERSON_SYNC.v2"), "Person", 6, 12);
    String xml =
        Sync.message("A", Sync.mail("", "CAMP", "a@x"))
            .replace("SCC_CONSTITUENT_SYNC", "U_PERSON_SYNC")
            .replace("Transaction>", "Person>");
    var headers = java.util.Map.of("MessageName", "U_PERSON_SYNC.v2");
    assertThat(Readers.read(Sync.delivery(xml, headers), site).rows()).hasSize(2);
    assertThatThrownBy(() -> Readers.read(Sync.delivery(Sync.message("A")), site))
        .isInstanceOf(RefusedDelivery.class)
        .hasMessageContaining("known are [U_PERSON_SYNC.v2]");
  }

  @Test
  void settingsThatNoMessageCouldMeetAreRefused() {
    List<String> names = List.of("A");
    assertThatThrownBy(() -> settings(List.of(), "T", 64, 1)).hasMessageContaining("messageNames");
    assertThatThrownBy(() -> settings(List.of(" "), "T", 64, 1))
        .hasMessageContaining("messageNames");
    assertThatThrownBy(() -> settings(names, " ", 64, 1)).hasMessageContaining("dataNode");
    assertThatThrownBy(() -> settings(names, "T", 5, 1)).hasMessageContaining("maxDepth is 5");
    assertThatThrownBy(() -> settings(names, "T", 64, 0)).hasMessageContaining("maxText is 0");
  }
}
