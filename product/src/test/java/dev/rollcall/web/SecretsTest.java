package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A planted national id, a password and the token are found nowhere but in what was sent. */
class SecretsTest {

  private static final String NATIONAL_ID = "078-05-1120";
  private static final String PASSWORD = "Tr0ub4dor-and-3";

  private RunningService service;
  private Recorded log;

  @BeforeEach
  void start() {
    service = RunningService.start();
    log = new Recorded(Level.DEBUG);
  }

  @AfterEach
  void stop() {
    log.close();
    service.close();
  }

  private static CampusXml withNationalId(String emplid) {
    return CampusXml.added(emplid)
        .name("A", "PRI", "2020-01-01", "Ann", "B")
        .affiliation("A", "STUDENT", "A", "2020-01-01", "2098-12-31")
        .row(
            "PERS_NID",
            "A",
            "<COUNTRY>USA</COUNTRY><NATIONAL_ID_TYPE>PR</NATIONAL_ID_TYPE><NATIONAL_ID>"
                + NATIONAL_ID
                + "</NATIONAL_ID>");
  }

  @Test
  void whatIsSecretIsNotRepeated() {
    StringBuilder told = new StringBuilder();
    String[] credentials = {"Password", PASSWORD, "Authorization", "Basic " + PASSWORD};
    told.append(service.send(withNationalId("N01").xml(), credentials));
    told.append(service.send(withNationalId("N01").xml(), credentials));
    String nid = "<NATIONAL_ID>" + NATIONAL_ID + "</NATIONAL_ID>";
    for (String xml :
        List.of(
            withNationalId("N01").xml() + NATIONAL_ID,
            withNationalId("N01").xml().replace(nid, nid + nid),
            withNationalId("N01").xml().replace(nid, nid + "<PSCAMA/>" + NATIONAL_ID),
            withNationalId("N01").xml().replace(nid, "<NATIONAL_ID>&" + NATIONAL_ID + ";"),
            withNationalId("N01").xml().replace("Transaction", "T"),
            withNationalId("N01")
                .row("PERS_NID", NATIONAL_ID, "<NATIONAL_ID>" + NATIONAL_ID + "</NATIONAL_ID>")
                .xml(),
            CampusXml.about("N01", NATIONAL_ID).xml(),
            CampusXml.added("N01")
                .name("A", "PRI", NATIONAL_ID, "Ann", "B")
                .affiliation("A", "STUDENT", "A", NATIONAL_ID, "")
                .xml(),
            CampusXml.added(NATIONAL_ID.repeat(10)).xml())) {
      told.append(service.send(xml, credentials));
    }
    service.settle();
    told.append(service.api("GET", "/api/people/N01", ""));
    for (String id : service.texts("select id::text from event")) {
      told.append(service.api("GET", "/api/events/" + id, ""));
    }
    told.append(service.api("GET", "/api/events", ""));
    told.append(service.api("GET", "/api/instances", ""));
    service
        .texts(
            "select row_to_json(a)::text from audit a union all select row_to_json(e)::text from"
                + " event e union all select row_to_json(l)::text from link l union all select"
                + " row_to_json(i)::text from identity i union all select headers::text from"
                + " campus_message")
        .forEach(told::append);
    log.lines().forEach(told::append);
    assertThat(log.lines()).isNotEmpty();
    assertThat(told.toString())
        .contains("Ann")
        .doesNotContain(NATIONAL_ID, PASSWORD, RunningService.TOKEN);
  }
}
