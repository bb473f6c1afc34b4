package dev.rollcall.simulators.peoplesoft.broker;

import dev.rollcall.simulators.http.Outcome;
import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What Integration Broker makes of an answer.
 *
 * @param nodeDown whether no connection came about, so that the node is no longer sent to
 */
record Verdict(
    ContractStatus status,
    @Nullable Integer httpStatus,
    @Nullable String answer,
    @Nullable String reason,
    boolean nodeDown) {
  private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

  static {
    XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
  }

  static Verdict on(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Unreachable none ->
          new Verdict(
              ContractStatus.RETRY,
              null,
              null,
              "ExternalSystemContactException: " + none.reason(),
              true);
      case Outcome.Lost lost -> new Verdict(ContractStatus.RETRY, null, null, lost.reason(), false);
      case Outcome.Answered answered -> answered(answered);
    };
  }

  /** The worse of two, so that a refused duplicate does not hide behind its accepted twin. */
  Verdict worse(Verdict other) {
    return rank(other.status) > rank(status) ? other : this;
  }

  private static int rank(ContractStatus status) {
    return switch (status) {
      case NEW, WORKING, DONE -> 0;
      case RETRY, TIMEOUT -> 1;
      case ERROR -> 2;
    };
  }

  private static Verdict answered(Outcome.Answered answer) {
    if (answer.status() != 200) {
      return refused(
          answer, "ExternalApplicationException: HttpStatusCode Returned = " + answer.status());
    }
    return switch (responseType(answer.body())) {
      case "success" ->
          new Verdict(ContractStatus.DONE, answer.status(), answer.body(), null, false);
      case "" -> refused(answer, "200 without an IBResponse that names its type");
      case String type -> refused(answer, "IBResponse of type " + type);
    };
  }

  private static Verdict refused(Outcome.Answered answer, String reason) {
    return new Verdict(ContractStatus.ERROR, answer.status(), answer.body(), reason, false);
  }

  /** The type attribute of an IBResponse; empty when the body is anything else. */
  private static String responseType(String body) {
    try {
      XMLStreamReader reader = XML.createXMLStreamReader(new StringReader(body.strip()));
      reader.nextTag();
      String type = reader.getAttributeValue(null, "type");
      boolean response = reader.getLocalName().equals("IBResponse");
      while (reader.hasNext()) {
        reader.next();
      }
      return response && type != null ? type : "";
    } catch (XMLStreamException e) {
      return "";
    }
  }
}
