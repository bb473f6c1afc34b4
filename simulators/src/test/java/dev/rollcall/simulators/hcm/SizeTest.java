package dev.rollcall.simulators.hcm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.simulators.hcm.people.Population;
import dev.rollcall.simulators.hcm.people.Scenario;
import dev.rollcall.simulators.hcm.rest.Found;
import dev.rollcall.simulators.hcm.rest.Framework;
import dev.rollcall.simulators.hcm.rest.Rules;
import dev.rollcall.simulators.http.Call;
import dev.rollcall.simulators.state.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The tenant of forty thousand. */
class SizeTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 9, 1);
  private static final Rules RULES = Settings.DEFAULTS.rules();

  @Test
  void pagesOfFortyThousandAreQuickAndAllOfThemAreRead() {
    ObjectNode words = Json.MAPPER.createObjectNode().put("people", 40_000).put("plain", true);
    Population population =
        Scenario.happen(
                Scenario.Act.FILL,
                Population.EMPTY,
                new Call(Map.of(), Map.of(), words),
                Instant.parse("2026-09-01T10:00:00Z"),
                TODAY)
            .after();
    Framework framework = new Framework();
    List<Duration> taken = new ArrayList<>();
    int rows = 0;
    boolean more = true;
    while (more) {
      long began = System.nanoTime();
      Found.Page page = page(framework, population, rows);
      assertThat(Json.MAPPER.writeValueAsString(page.body())).isNotEmpty();
      taken.add(Duration.ofNanos(System.nanoTime() - began));
      rows += page.items().size();
      more = page.hasMore();
    }

    assertThat(rows).isEqualTo(40_000);
    taken.sort(null);
    // A page of 499 takes about 20 ms on a machine of its own; others may be at work here.
    assertThat(taken.get(taken.size() / 2)).isLessThan(Duration.ofMillis(250));
  }

  private static Found.Page page(Framework framework, Population population, int offset) {
    Framework.Read read =
        new Framework.Read(
            "http://hcm.example/hcmRestApi/resources/11.13.18.05",
            List.of("workers"),
            Map.of(
                "limit",
                "499",
                "offset",
                String.valueOf(offset),
                "onlyData",
                "true",
                "orderBy",
                "PersonId:asc",
                "expand",
                "names,emails,phones,addresses,citizenships,legislativeInfo,workRelationships.assignments"),
            4,
            TODAY,
            offset);
    if (framework.read(read, population, RULES) instanceof Found.Page page) {
      return page;
    }
    throw new AssertionError(Set.of(read));
  }
}
