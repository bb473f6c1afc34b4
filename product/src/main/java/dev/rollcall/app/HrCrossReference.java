package dev.rollcall.app;

import dev.rollcall.connector.peoplesoftqueue.CrossReference;
import dev.rollcall.model.Facts;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.spi.LinkCopy;
import dev.rollcall.spi.Source;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** PeopleSoft's cross-reference as the copy of the links. */
final class HrCrossReference implements LinkCopy {

  private static final String IDENTITY_TYPE = "IDENTITY_TYPE";

  private final CrossReference reference;
  private final Source source;
  private final String name;

  /**
   * @param name under which its people are known
   */
  HrCrossReference(CrossReference reference, Source source, String name) {
    this.reference = reference;
    this.source = source;
    this.name = name;
  }

  @Override
  public void each(Consumer<Copied> consumer) {
    reference.each(entry ->
        consumer.accept(
            new Copied(new SubjectKey(name, entry.oprid()), entry.oktaId(), entry.login())));
  }

  @Override
  public void write(Copied copied) {
    reference.write(
        new CrossReference.Entry(
            copied.subject().id(),
            identityType(copied.subject()),
            copied.accountId(),
            copied.login()));
  }

  /** The first of the identity types that somebody holds, in the order the source tells them. */
  private @Nullable String identityType(SubjectKey subject) {
    Facts facts = source.fetch(List.of(subject)).get(subject);
    RecordFacts held = facts == null ? null : facts.record(IDENTITY_TYPE);
    return held == null
        ? null
        : held.rows().stream()
            .map(row -> row.fields().get(IDENTITY_TYPE))
            .filter(Value.Text.class::isInstance)
            .map(Value::textOrNull)
            .findFirst()
            .orElse(null);
  }
}
