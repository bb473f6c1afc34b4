package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.rollcall.app.log.LogLayout;
import dev.rollcall.config.Settings.LogFormat;
import dev.rollcall.config.Settings.LogSettings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * A person, a password and a token are planted into a run in which everything goes wrong that can;
 * the log, in every detail, says that it did, and about nobody.
 */
class PlantedLogTest {

  private static final String EMPLID = "EMPL4711X";
  private static final String NAME = "Plantedname";
  private static final String MAIL = "planted.mail@example.edu";
  private static final String NATIONAL_ID = "987-65-4320";
  private static final String PASSWORD = "planted-password-1";
  private static final String USER = "planteduser";
  private static final String WRONG_TOKEN = "planted-token-1";

  private final Logger root =
      ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
  private final Logger ours = root.getLoggerContext().getLogger("dev.rollcall");
  private final Level usualRoot = root.getLevel();
  private final List<OutputStreamAppender<ILoggingEvent>> appenders = new ArrayList<>();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private RunningService service;

  @BeforeEach
  void listen() {
    service =
        RunningService.start(
            """
            listener:
              user: psft
              password: %s
            attributes:
              Tax Number: NATIONAL_ID~PERS_NID
            """
                .formatted(PASSWORD));
    for (LogFormat format : LogFormat.values()) {
      LogLayout layout = new LogLayout();
      layout.use(new LogSettings(format, null, false));
      layout.setContext(root.getLoggerContext());
      layout.start();
      LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
      encoder.setContext(root.getLoggerContext());
      encoder.setLayout(layout);
      encoder.start();
      OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
      appender.setContext(root.getLoggerContext());
      appender.setEncoder(encoder);
      appender.setOutputStream(written);
      appender.start();
      root.addAppender(appender);
      appenders.add(appender);
    }
    root.setLevel(Level.INFO);
    ours.setLevel(Level.DEBUG);
  }

  @AfterEach
  void stop() {
    service.close();
    appenders.forEach(root::detachAppender);
    root.setLevel(usualRoot);
    ours.setLevel(null);
  }

  private String log() {
    return written.toString(StandardCharsets.UTF_8);
  }

  private void awaitLog(String text) {
    await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(log()).contains(text));
  }

  private static String person(String emplid) {
    return CampusXml.added(emplid)
        .name("A", "PRI", "2020-01-01", NAME, NAME)
        .email("A", "HOME", MAIL)
        .row(
            "PERS_NID",
            "A",
            "<COUNTRY>USA</COUNTRY><NATIONAL_ID_TYPE>PR</NATIONAL_ID_TYPE><NATIONAL_ID>"
                + NATIONAL_ID
                + "</NATIONAL_ID>")
        .xml();
  }

  private RawHttp.Answer tell(String xml) {
    String credentials =
        Base64.getEncoder().encodeToString(("psft:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    return service.send(xml, "Authorization", "Basic " + credentials);
  }

  private void sql(String statement) {
    service.database().jdbc().sql(statement).update();
  }

  @Test
  void whateverFailsTheLogSaysSoAndNamesNobody() {
    aRowTheDatabaseRefuses();
    aDatabaseThatSpeaksOfValues();
    messagesNobodyCanRead();
    wrongCredentials();
    wrongRequests();
    aMessageThatCannotBeStored();

    assertThat(log())
        .contains("A claim of 1 events of campus failed (UNAVAILABLE)")
        .contains("SQLState P0001", "SQLState 42P01")
        .contains("A message for campus was refused (400)")
        .contains("A message for campus could not be stored")
        .contains("[instance campus]", "\"rollcall.instance\":\"campus\"", "\"rollcall.events\":\"")
        .contains("\"error.type\":\"org.springframework")
        .doesNotContain(EMPLID, NAME, NATIONAL_ID, PASSWORD, USER, WRONG_TOKEN, "planted.mail");
  }

  /** One person's row: told in the event, for whoever may see it. */
  private void aRowTheDatabaseRefuses() {
    sql(
        "alter table identity add constraint no_such_name check (attributes->>'last_name' <> '"
            + NAME
            + "')");
    assertThat(tell(person(EMPLID)).status()).isEqualTo(200);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            service.number(
                    "select count(*) from event where error is not null and subject = '"
                        + EMPLID
                        + "'")
                > 0);
    sql("alter table identity drop constraint no_such_name");
  }

  /** All of a claim: what the database says holds the whole row. */
  private void aDatabaseThatSpeaksOfValues() {
    sql(
        """
        create function talks() returns trigger language plpgsql as $$
        begin raise exception 'not this one: %', new; end $$
        """);
    sql("create trigger talks before insert on audit for each row execute function talks()");
    assertThat(tell(person(EMPLID + "B")).status()).isEqualTo(200);
    awaitLog("A claim of 1 events of campus failed");
    sql("drop trigger talks on audit");
  }

  private void messagesNobodyCanRead() {
    assertThat(tell(person(EMPLID).replace("</MsgData>", "")).status()).isEqualTo(400);
    assertThat(tell(person(EMPLID).replace("<EMPLID>" + EMPLID, "<EMPLID>")).status())
        .isEqualTo(400);
    assertThat(tell(person(EMPLID).replace("2020-01-01", NAME)).status()).isIn(200, 400);
    assertThat(tell("<" + NAME + ">" + NATIONAL_ID + "</" + NAME + ">").status()).isIn(400, 404);
  }

  private void wrongCredentials() {
    assertThat(service.send(person(EMPLID), "Authorization", "Basic " + PASSWORD).status())
        .isEqualTo(401);
    for (int i = 0; i < 12; i++) {
      service
          .http()
          .exchange(
              RawHttp.request("POST", "/sign-in")
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .body("user=" + USER + "&password=" + PASSWORD));
    }
    assertThat(
            service
                .http()
                .exchange(
                    RawHttp.request("GET", "/api/events")
                        .header("Authorization", "Bearer " + WRONG_TOKEN))
                .status())
        .isEqualTo(401);
  }

  private void wrongRequests() {
    service.api("POST", "/api/users", "{\"user\":\"" + USER + "\",\"role\":" + NAME);
    service.api("GET", "/api/people/" + EMPLID + "%00", "");
    service.api("GET", "/api/events?status=" + NAME + "&subject=" + EMPLID, "");
    service.api("POST", "/api/instances/campus/resync", "{\"id\":\"" + EMPLID + "\\u0000\"}");
    service.api("DELETE", "/api/people/" + EMPLID, "");
    service.api("POST", "/api/instances/campus/load?id=" + EMPLID + "&file=f&asOf=x", NAME);
  }

  private void aMessageThatCannotBeStored() {
    sql("alter table campus_person rename to campus_person_of_before");
    assertThat(tell(person(EMPLID + "C")).status()).isEqualTo(503);
    service.api("GET", "/api/instances/campus/preview/" + EMPLID, "");
    sql("alter table campus_person_of_before rename to campus_person");
  }
}
