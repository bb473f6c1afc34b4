package dev.rollcall.cli;

import dev.rollcall.web.RunningService;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command line within the test's own process, asking a service that the test started. */
public final class InProcess {

  private static final JsonMapper JSON = new JsonMapper();

  private final RunningService service;

  public InProcess(RunningService service) {
    this.service = service;
  }

  /** What a command did. */
  public record Done(int exit, String out, String err) {
    public JsonNode json() {
      return JSON.readTree(out.lines().reduce("", (before, line) -> line));
    }
  }

  public Done run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", service.url(), "--token", RunningService.TOKEN));
    PrintStream outBefore = System.out;
    PrintStream errBefore = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int exit = Rollcall.run(all.toArray(String[]::new));
      return new Done(
          exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(outBefore);
      System.setErr(errBefore);
    }
  }
}
