package dev.rollcall.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Too much, too slow, cut off, all at once: nothing is half stored and nobody else waits. */
class ListenerStressTest {

  private static final int MB = 1024 * 1024;

  private static RunningService service;

  @BeforeAll
  static void start() {
    service = RunningService.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static void isTooLarge(RawHttp.Request request) {
    RawHttp.Answer answer = service.http().exchange(request);
    assertThat(answer.status()).as(answer.head()).isEqualTo(413);
    assertThat(answer.type()).isEqualTo("error");
    assertThat(answer.reason()).contains("16777216");
    assertThat(answer.sentWhole()).as("a sender that is cut off never reads its 413").isTrue();
  }

  private static byte[] spaces(int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) ' ');
    return bytes;
  }

  @Test
  void aMessageThatIsTooLargeIsToldSoDeclaredOrNot() {
    for (int i = 0; i < 3; i++) {
      isTooLarge(RawHttp.message().body(spaces(17 * MB)));
      isTooLarge(RawHttp.message().body(spaces(17 * MB)).chunked());
    }
  }

  @Test
  void aMessageOfExactlyTheLimitIsTaken() {
    String xml = CampusXml.person("S01", "Zoë");
    byte[] bytes = Arrays.copyOf(xml.getBytes(UTF_8), 16 * MB);
    Arrays.fill(bytes, xml.getBytes(UTF_8).length, bytes.length, (byte) '\n');
    assertThat(service.http().exchange(RawHttp.message().body(bytes)).status()).isEqualTo(200);
    assertThat(service.messages("S01")).isEqualTo(1);
  }

  /** A gigabyte each, eight at once: the heap of a test could not hold one of them. */
  @Test
  void aBombIsStoppedBeforeItIsUnpacked() throws Exception {
    byte[] bomb = bomb();
    assertThat(bomb).hasSizeLessThan(2 * MB);
    List<Future<?>> sent = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        sent.add(threads.submit(() -> isTooLarge(RawHttp.message().body(bomb))));
      }
    }
    for (Future<?> one : sent) {
      one.get();
    }
    assertThat(service.send(CampusXml.person("S02", "Zoë")).status()).isEqualTo(200);
  }

  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] megabyte = spaces(MB);
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write("<SCC_CONSTITUENT_SYNC>".getBytes(UTF_8));
      for (int i = 0; i < 1024; i++) {
        out.write(megabyte);
      }
    }
    return bytes.toByteArray();
  }

  /** The body would be 16 MB; the answer is there after the headers. */
  @Test
  void aSenderThatIsNotLetInIsAnsweredBeforeItsBody() throws IOException {
    try (Socket socket = service.http().open()) {
      socket
          .getOutputStream()
          .write(RawHttp.message("Location", "PSFT HRMS", "Content-Length", "16000000").head());
      byte[] start = socket.getInputStream().readNBytes(12);
      assertThat(new String(start, UTF_8)).isEqualTo("HTTP/1.1 403");
    }
  }

  @Test
  void anUploadThatIsCutOffLeavesNothingAndHarmsNobody() throws IOException {
    byte[] whole = RawHttp.message().body(CampusXml.person("S03", "Zoë")).bytes();
    byte[] chunked = RawHttp.message().body(CampusXml.person("S03", "Zoë")).chunked().bytes();
    for (byte[] bytes : List.of(whole, chunked)) {
      for (int cut : new int[] {10, 200, bytes.length / 2, bytes.length - 3}) {
        try (Socket socket = service.http().open()) {
          socket.getOutputStream().write(bytes, 0, cut);
          socket.setSoLinger(cut % 2 == 0, 0);
        }
      }
    }
    assertThat(service.send(CampusXml.person("S04", "Zoë")).status()).isEqualTo(200);
    assertThat(service.messages("S03")).isZero();
    assertThat(service.events("S03")).isZero();
  }

  @Test
  void slowUploadsHoldNobodyUpAndArriveInTheEnd() throws Exception {
    AtomicBoolean others = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> slow = new ArrayList<>();
      for (int i = 0; i < 150; i++) {
        byte[] bytes = RawHttp.message().body(CampusXml.person("S05" + i, "Zoë")).bytes();
        slow.add(threads.submit(() -> drip(bytes, others)));
      }
      long start = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        assertThat(service.send(CampusXml.person("S06" + i, "Zoë")).status()).isEqualTo(200);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      others.set(true);
      for (Future<Integer> one : slow) {
        assertThat(one.get()).isEqualTo(200);
      }
    }
    assertThat(
            service.number(
                "select count(distinct emplid) from campus_message where emplid like 'S05%'"))
        .isEqualTo(150);
  }

  /** Stops in the middle of the body until the others are done. */
  private static int drip(byte[] bytes, AtomicBoolean others) throws IOException {
    try (Socket socket = service.http().open()) {
      OutputStream out = socket.getOutputStream();
      int at = bytes.length - 60;
      out.write(bytes, 0, at);
      Awaitility.await()
          .atMost(Duration.ofSeconds(15))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> {
            return others.get();
          });
      for (; at < bytes.length; at++) {
        out.write(bytes[at]);
        out.flush();
      }
      return RawHttp.Answer.read(socket.getInputStream(), true).status();
    }
  }

  @Test
  void twoHundredAtOnceWithRepeatsAreEachStoredOnce() throws Exception {
    List<Future<RawHttp.Answer>> sent = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        int person = i % 50;
        String id = "NODE.SCC_CONSTITUENT_SYNC." + person;
        String xml = CampusXml.person("S07" + person, "Zoë");
        sent.add(threads.submit(() -> service.send(xml, "TransactionID", id)));
      }
    }
    int stored = 0;
    for (Future<RawHttp.Answer> one : sent) {
      RawHttp.Answer answer = get(one);
      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      assertThat(answer.type()).isEqualTo("success");
      assertThat(answer.child("TransactionID")).startsWith("NODE.SCC_CONSTITUENT_SYNC.");
      stored += answer.reason().startsWith("Stored as event") ? 1 : 0;
    }
    assertThat(stored).isEqualTo(50);
    assertThat(service.number("select count(*) from campus_message where emplid like 'S07%'"))
        .isEqualTo(50);
    assertThat(service.number("select sum(repeats) from campus_message where emplid like 'S07%'"))
        .isEqualTo(150);
    service.settle();
    assertThat(service.number("select count(*) from identity where login like 'S07%'"))
        .isEqualTo(50);
    assertThat(
            service.number(
                "select count(*) from event where subject like 'S07%' and status not in"
                    + " ('COMP', 'CANC')"))
        .isZero();
  }

  private static <T> T get(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException failure) {
      throw new AssertionError(failure.getCause());
    }
  }

  @Test
  void manyMessagesOfOnePersonAtOnceEndAsTheNewestSays() throws Exception {
    List<Future<RawHttp.Answer>> sent = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 60; i++) {
        int minute = i * 17 % 60;
        String xml =
            CampusXml.added("S08").name("A", "PRI", "2020-01-01", "Take" + minute, "X").xml();
        String at = "2026-01-01T10:%02d:00.000000-0600".formatted(minute);
        sent.add(threads.submit(() -> service.send(xml, "OrigTimeStamp", at)));
      }
    }
    for (Future<RawHttp.Answer> one : sent) {
      assertThat(get(one).status()).isEqualTo(200);
    }
    service.settle();
    assertThat(service.messages("S08")).isEqualTo(60);
    assertThat(service.identity("S08").path("first_name").asString("")).isEqualTo("Take59");
  }
}
