package dev.rollcall.intake;

import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.Delivery;
import dev.rollcall.spi.Inbox;
import dev.rollcall.spi.RefusedDelivery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An inbox that understands everything, unless a test says otherwise. */
final class FakeInbox implements Inbox {

  static final SubjectKey KEVIN = new SubjectKey("campus", "kevin");

  @Nullable RefusedDelivery refusal;
  Supplier<Stored> decision = () -> new Stored.New(KEVIN, false);
  final List<String> stored = new ArrayList<>();

  @Override
  public Incoming read(Delivery delivery) {
    if (refusal != null) {
      throw refusal;
    }
    return new Message(KEVIN, delivery.header("TransactionID").orElse("made here"));
  }

  private record Message(SubjectKey subject, String transactionId) implements Incoming {}

  @Override
  public Stored store(Incoming incoming) {
    stored.add(incoming.transactionId());
    return decision.get();
  }
}
