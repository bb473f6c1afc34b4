package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What people see of a watched directory. */
class WatchOverHttpTest {

  @TempDir private Path home;

  private static JsonNode campus(RunningService service) {
    return service.get("/api/instances").get(0);
  }

  @Test
  void theInstanceTellsWhatIsWrongWithItsDirectoryAndWhichFilesAreKept() throws IOException {
    Path incoming = home.resolve("incoming");
    Path archive = Files.createDirectory(home.resolve("archive"));
    try (RunningService service =
        RunningService.start(
            "watch: {directory: %s, archive: %s, every: 1s, settle: 1s}"
                .formatted(incoming, archive))) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> campus(service).path("lastError").asString("").contains(incoming.toString()));
      assertThat(campus(service).path("lastPoll").asString("")).isNotEmpty();
      assertThat(campus(service).path("keptFiles")).isEmpty();

      Files.createDirectory(incoming);
      Files.writeString(incoming.resolve("a.xml"), "no publication");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> !campus(service).path("keptFiles").isEmpty());
      JsonNode kept = campus(service).path("keptFiles").get(0);
      assertThat(kept.path("file").asString()).isEqualTo("a.xml");
      assertThat(kept.path("reason").asString()).isEqualTo("there is no root element");
      assertThat(campus(service).path("lastError").isNull()).isTrue();
      JsonNode other = service.get("/api/instances").get(1);
      assertThat(other.path("lastPoll").isNull()).isTrue();
    }
  }
}
