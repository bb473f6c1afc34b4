package dev.rollcall.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Makes a role for each affiliation code of a file. */
@Command(
    name = "seed",
    description = "Make a role for each affiliation code of a CSV file; safe to repeat.")
final class RolesSeedCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "The affiliations as Campus exports them.")
  private Path file = Path.of("");

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new CommandFailure(ExitCode.NOT_FOUND, "There is no file " + file);
    }
    JsonNode seeded;
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
      seeded = service.stream("/api/roles", stream);
    }
    output.answer(
        seeded,
        () ->
            System.out.printf(
                "%s roles created, %s there already; %s people who waited are looked at again.%n",
                seeded.path("created"), seeded.path("existing"), seeded.path("waiting")));
    return ExitCode.DONE;
  }
}
