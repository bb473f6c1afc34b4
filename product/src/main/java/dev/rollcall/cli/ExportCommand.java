package dev.rollcall.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes everybody of an instance, one JSON object a line. */
@Command(name = "export", description = "Write everybody of an instance, one JSON object a line.")
final class ExportCommand implements Callable<Integer> {

  @Parameters(paramLabel = "INSTANCE")
  private String instance = "";

  @Option(names = "--out", description = "A file instead of stdout.")
  private @Nullable Path out;

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    String path = "/api/instances/" + instance + "/export";
    Path file = out;
    if (file == null) {
      service.receive(path, System.out);
      System.out.flush();
      return ExitCode.DONE;
    }
    try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file))) {
      service.receive(path, stream);
    }
    output.answer(Map.of("file", file.toString()), () -> System.out.println("Written to " + file));
    return ExitCode.DONE;
  }
}
