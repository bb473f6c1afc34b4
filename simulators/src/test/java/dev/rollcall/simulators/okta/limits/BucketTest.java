package dev.rollcall.simulators.okta.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketTest {
  private static final Path TABLE = Path.of("../../shared/facts/okta-rate-limit-buckets.txt");

  @ParameterizedTest
  @CsvSource({
    "POST,   /api/v1/users,                         /api/v1/users",
    "POST,   /api/v1/users/ID/lifecycle/deactivate, /api/v1/users",
    "GET,    /api/v1/users/ID,                      '/api/v1/users/{id:.+}'",
    "PUT,    /api/v1/users/ID,                      '/api/v1/users/{id}'",
    "PUT,    /api/v1/groups/ID/users/ID,            /api/v1/groups",
    "GET,    /api/v1/groups/ID,                     '/api/v1/groups/{id}'",
    "GET,    /api/v1/something/else,                /api/v1",
    "POST,   /oauth2/v1/token,                      /oauth2/v1/token",
  })
  void aCallBelongsToABucket(String method, String path, String bucket) {
    assertThat(of(method, path)).isEqualTo(bucket);
  }

  @Test
  void theWholeTableHolds() throws Exception {
    assumeThat(TABLE).as("the table of buckets lies beside the repository").exists();
    List<String[]> rows =
        Files.readAllLines(TABLE).stream()
            .filter(line -> line.startsWith("/"))
            .map(line -> line.split(" ", 3))
            .toList();

    assertThat(rows).hasSizeGreaterThan(200);
    assertThat(rows)
        .allSatisfy(
            row -> assertThat(of(row[1], row[0])).as(row[1] + " " + row[0]).isEqualTo(row[2]));
    assertThat(rows).allSatisfy(row -> assertThat(Bucket.published()).containsKey(row[2]));
  }

  private static String of(String method, String path) {
    return Bucket.of(
        method, Arrays.stream(path.split("/", -1)).filter(segment -> !segment.isEmpty()).toList());
  }
}
