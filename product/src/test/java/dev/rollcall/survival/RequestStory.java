package dev.rollcall.survival;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.springframework.dao.DataAccessException;

/**
 * People are hired, change and leave, and PeopleSoft asks for what follows from it, batch after
 * batch, while earlier requests are still being worked. Nobody leaves before what was asked for
 * them is done: whoever works a request to make an account refuses it for somebody who has left
 * since, and rightly so.
 */
final class RequestStory {

  private static final int PER_BATCH = 10;
  private static final int STEPS = 12;

  /** How many lines wait, at least, as long as there is something to tell. */
  private static final int WAITING = 60;

  private static final List<String> AT_ANY_TIME =
      List.of(
          "hire",
          "nameChanged",
          "preferredName",
          "emailChanged",
          "leave",
          "return",
          "typeChanged",
          "typeAdded",
          "rehire");

  private static final String NOTHING_OPEN =
      """
      select OPRID from PSOPRDEFN p where not exists (select 1 from PS_CHG_OK_REQ_DTL d
        where d.OPRID = p.OPRID and d.CHG_LINE_STATUS in ('NEW', 'INPR')) order by OPRID
      """;

  private final OktaAndPeople world;
  private final Tables people;
  private final Random random;
  private final int lines;

  /**
   * @param people PeopleSoft's tables
   * @param lines how many requests to make, at least
   */
  RequestStory(OktaAndPeople world, Tables people, long seed, int lines) {
    this.world = world;
    this.people = people;
    this.random = new Random(seed);
    this.lines = lines;
  }

  /** Hires so many that half of all requests are about them. */
  void begin() {
    Map<String, Object> hired =
        Map.of("people", lines / 4, "batch", PER_BATCH, "seed", random.nextInt(1_000_000));
    assertThat(world.people("fill", hired)).isPresent();
  }

  /** How many lines came to an end; throws while the database is away. */
  long ended() {
    return people.count(
        "select count(*) from PS_CHG_OK_REQ_DTL where CHG_LINE_STATUS not in ('NEW', 'INPR')");
  }

  private long written() {
    return people.count("select count(*) from PS_CHG_OK_REQ_DTL");
  }

  /** Tells on where little waits; returns whether everything was told and worked. */
  boolean goOn() {
    try {
      long written = written();
      long waiting = written - ended();
      if (written < lines && waiting < WAITING) {
        play();
      }
      return written >= lines && waiting == 0;
    } catch (DataAccessException away) {
      return false;
    }
  }

  private void play() {
    Map<String, Object> steps = new HashMap<>();
    steps.put("count", STEPS);
    steps.put("batch", PER_BATCH);
    steps.put("seed", random.nextInt(1_000_000));
    if (random.nextInt(5) == 0) {
      List<String> idle = new ArrayList<>(people.texts(NOTHING_OPEN));
      if (idle.size() < 2 * STEPS) {
        return;
      }
      steps.put("what", "termination");
      steps.put("oprids", idle);
    } else {
      steps.put("what", AT_ANY_TIME.get(random.nextInt(AT_ANY_TIME.size())));
    }
    var _ = world.people("play", steps); // else it is tried again, perhaps with something else
  }

  /** What was asked for, in numbers. */
  String told() {
    return "%d lines in %s batches about %s people"
        .formatted(
            written(),
            people.count("select count(*) from PS_CHG_OK_REQ_HDR"),
            people.count("select count(*) from PSOPRDEFN"));
  }
}
