package dev.rollcall.connector.oraclehcm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.oraclehcm.HcmSettings.Filter;
import dev.rollcall.connector.oraclehcm.HcmSettings.Reader;
import dev.rollcall.testing.SharedDatabase;
import java.io.IOException;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether an Oracle HCM can be read, and by what it cannot be asked. */
class HcmCheckTest {

  private final Pod pod = new Pod(SharedDatabase.emptied());

  @AfterEach
  void close() throws IOException {
    pod.close();
  }

  private List<HcmCheck.Standing> look(HcmSettings settings) {
    return new HcmCheck(settings, pod.sender, pod.clock).look();
  }

  @Test
  void onePodThatCanBeReadIsSaidToBeWellInEachStep() {
    pod.add(Workers.FIRST, Reader.WORKERS, "One", null);
    assertThat(look(pod.settings))
        .allSatisfy(one -> assertThat(one.ok()).as(one.reason()).isTrue())
        .extracting(HcmCheck.Standing::name)
        .containsExactly("resolve", "tcp", "tls", "sign-in", "filters", "workers", "locations");
    assertThat(look(pod.settings).toString()).doesNotContain(Pod.PASSWORD);
  }

  @Test
  void credentialsThatAreRefusedEndIt() {
    pod.hcm.fail(new FakeHcm.Fault(401, "", Map.of()));
    HcmCheck.Standing last = look(pod.settings).getLast();
    assertThat(last.name()).isEqualTo("sign-in");
    assertThat(last.ok()).isFalse();
    assertThat(last.reason()).contains("look at the credentials");
  }

  @Test
  void anIntegrationUserWhoSeesNobodyIsSaidToHaveNoDataSecurity() {
    assertThat(look(pod.settings))
        .filteredOn(one -> one.name().equals("workers"))
        .singleElement()
        .satisfies(one -> assertThat(one.reason()).contains("names nobody", "data security"));
  }

  @Test
  void aFilterThatIsNotQueryableIsNamed() {
    pod.with(Reader.WORKERS, 10, 2, 0, new Filter("BloodType", "A"));
    assertThat(look(pod.settings).getLast().reason()).contains("BloodType", "not queryable");
    pod.with(Reader.WORKERS, 10, 2, 7);
    pod.add(Workers.FIRST, Reader.WORKERS, "One", null);
    assertThat(look(pod.settings))
        .filteredOn(one -> one.name().equals("filters"))
        .singleElement()
        .satisfies(one -> assertThat(one.reason()).contains("CreationDate"));
  }

  @Test
  void aHostThatIsNotThereIsSaidNotToBe() {
    HcmSettings nowhere =
        HcmSettings.of(
            URI.create("https://nowhere.invalid"), pod.settings.auth(), ZoneId.of("UTC"));
    assertThat(look(nowhere)).hasSize(1).first().satisfies(one -> assertThat(one.ok()).isFalse());
    HcmSettings shut =
        HcmSettings.of(URI.create("http://localhost:1"), pod.settings.auth(), ZoneId.of("UTC"));
    assertThat(look(shut).getLast().name()).isEqualTo("tcp");
  }
}
