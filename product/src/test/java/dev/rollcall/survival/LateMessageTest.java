package dev.rollcall.survival;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A message that comes after its person's facts were read must not be taken for known. */
@Timeout(120)
class LateMessageTest {

  @Test
  void aMessageThatComesWhileItsPersonIsBeingWorkedIsWorkedAfterwards()
      throws IOException, SQLException {
    try (SurvivalHome home = SurvivalHome.fresh("lease: 10s");
        People people = new People(5)) {
      Node node = home.node("node");
      node.url();
      Tables tables = home.tables();
      try (Roadblock planning = Roadblock.beforeReading(tables, "identity")) {
        people.change(node);
        planning.awaitSomebody();
        people.change(node);
      }
      tables.awaitIdle(Duration.ofSeconds(30));
      people.check(tables);
    }
  }
}
