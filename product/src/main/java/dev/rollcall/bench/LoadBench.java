package dev.rollcall.bench;

import com.ctc.wstx.stax.WstxInputFactory;
import com.sun.management.OperatingSystemMXBean;
import dev.rollcall.app.Parts;
import dev.rollcall.config.Settings;
import dev.rollcall.config.SettingsFile;
import dev.rollcall.db.Database;
import dev.rollcall.intake.LoadTally;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * How many people a second a full load takes, from files to identities, with events, audit and
 * links, on the same path as in production; first into nothing, then again unchanged. Compared with
 * parsing the same files and with copying the same bytes into a table.
 */
public final class LoadBench {

  private static final Instant AS_OF = Instant.parse("2026-01-01T00:00:00Z");

  private final ScratchDatabase scratch;
  private final Path directory;

  /**
   * @param directory for the files; they are deleted afterwards
   */
  public LoadBench(ScratchDatabase scratch, Path directory) {
    this.scratch = scratch;
    this.directory = directory;
  }

  /** Measures with this many people. */
  public Map<String, Object> run(int people)
      throws IOException, InterruptedException, XMLStreamException, SQLException {
    List<Path> files = PublicationFiles.write(Files.createDirectories(directory), people);
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    double parse = people / parseSeconds(files);
    double copy = people / copySeconds(files);
    Parts parts = parts();
    parts.engine().start();
    ServerCpu server = new ServerCpu(scratch.dataDirectory());
    double cpuBefore = cpuSeconds();
    double serverBefore = server.seconds();
    double first = people / loadSeconds(parts, files);
    double cpu = cpuSeconds() - cpuBefore;
    double serverCpu = server.seconds() - serverBefore;
    double again = people / loadSeconds(parts, files);
    parts.engine().close();
    for (Path file : files) {
      Files.delete(file);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("people", people);
    result.put("bytesEach", bytes / people);
    result.put("firstPerSecond", Math.round(first));
    result.put("unchangedPerSecond", Math.round(again));
    result.put("parsePerSecond", Math.round(parse));
    result.put("copyPerSecond", Math.round(copy));
    result.put("ratioToParse", rounded(first / parse));
    result.put("ratioToCopy", rounded(first / copy));
    result.put("javaCpuMsPerPerson", rounded(cpu * 1000 / people));
    result.put("databaseCpuMsPerPerson", rounded(serverCpu * 1000 / people));
    result.put("cpuMsPerPerson", rounded((cpu + serverCpu) * 1000 / people));
    result.put("rssMb", residentMegabytes());
    result.put("identities", count(scratch.database(), "identity"));
    result.put("fsync", show("fsync"));
    return result;
  }

  private Parts parts() throws IOException {
    Path file = Files.createTempFile("bench", ".yaml");
    try {
      Files.writeString(file, "instances: {campus: {itResource: PSFT Campus}}\n");
      Settings settings = new SettingsFile(Map.of()).read(file);
      return Parts.assemble(scratch.database(), settings, Clock.systemUTC(), "bench");
    } finally {
      Files.delete(file);
    }
  }

  private static double loadSeconds(Parts parts, List<Path> files)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    for (Path file : files) {
      LoadTally tally = new LoadTally();
      try (InputStream stream = Files.newInputStream(file)) {
        parts
            .fullLoad()
            .load(
                parts.fullLoad().publisher("campus").orElseThrow(),
                file.toString(),
                stream,
                AS_OF,
                tally);
      }
      if (!tally.rejects().isEmpty()) {
        throw new IOException("Rejected: " + tally.rejects().getFirst());
      }
    }
    while (parts.lookup().backlog().waiting() > 0) {
      Thread.sleep(100);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static double parseSeconds(List<Path> files) throws IOException, XMLStreamException {
    WstxInputFactory factory = new WstxInputFactory();
    long start = System.nanoTime();
    for (Path file : files) {
      try (InputStream stream = Files.newInputStream(file)) {
        XMLStreamReader reader = factory.createXMLStreamReader(stream);
        while (reader.hasNext()) {
          if (reader.next() == XMLStreamConstants.CHARACTERS) {
            reader.getText();
          }
        }
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private double copySeconds(List<Path> files) throws IOException, SQLException {
    scratch.database().jdbc().sql("create table bench_copy (raw text not null)").update();
    long start = System.nanoTime();
    try (Connection connection = scratch.database().dataSource().getConnection()) {
      CopyIn copy =
          connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy bench_copy from stdin");
      for (Path file : files) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
          StringBuilder person = new StringBuilder();
          for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            person.append(line).append("\\n");
            if (line.contains("</Transaction>")) {
              byte[] row = person.append('\n').toString().getBytes(StandardCharsets.UTF_8);
              copy.writeToCopy(row, 0, row.length);
              person.setLength(0);
            }
          }
        }
      }
      copy.endCopy();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    scratch.database().jdbc().sql("drop table bench_copy").update();
    return seconds;
  }

  private static long count(Database database, String table) {
    return database.jdbc().sql("select count(*) from " + table).query(Long.class).single();
  }

  private static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  /** The most this process ever held, as the kernel counted it. */
  private static long residentMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(-1);
  }

  private String show(String setting) {
    return scratch.database().jdbc().sql("show " + setting).query(String.class).single();
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.3f", value));
  }
}
