package dev.rollcall.survival;

import java.util.List;
import java.util.stream.IntStream;

/** A few people, whose system of record tells exactly what the test wants, when it wants it. */
final class People implements AutoCloseable {

  private final List<Person> people;
  private final IntegrationBroker broker = IntegrationBroker.direct();

  People(int howMany) {
    people = IntStream.range(0, howMany).mapToObj(which -> new Person(which, 7)).toList();
  }

  /** Something happens to these people, and this node is told. */
  void change(Node node, int from, int to) {
    people.subList(from, to).forEach(person -> broker.tell(node, person.next()));
  }

  /** Something happens to everybody, and this node is told. */
  void change(Node node) {
    change(node, 0, people.size());
  }

  /** These people leave, and this node is told. */
  void leave(Node node, int from, int to) {
    people.subList(from, to).forEach(person -> broker.tell(node, person.leave()));
  }

  Person get(int which) {
    return people.get(which);
  }

  IntegrationBroker broker() {
    return broker;
  }

  /** Everybody is as the last message says, and everything else is as it has to be. */
  void check(Tables tables) {
    new EndState(tables, people).check(broker.acknowledged());
  }

  @Override
  public void close() {
    broker.close();
  }
}
