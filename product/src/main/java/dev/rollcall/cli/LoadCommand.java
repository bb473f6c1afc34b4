package dev.rollcall.cli;

import dev.rollcall.files.Archive;
import dev.rollcall.files.FileState;
import dev.rollcall.files.IncomingFiles;
import dev.rollcall.files.RejectedPiece;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Loads full publications: streams the files to the service, archives what was taken in whole. */
@Command(
    name = "load",
    description = "Load files of a full publication, in the order of their names.")
final class LoadCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "INSTANCE")
  private String instance = "";

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE|DIR")
  private List<Path> paths = List.of();

  @Option(
      names = "--as-of",
      description = "When the files were true (default: each file's own time).")
  private @Nullable String asOf;

  @Option(
      names = "--archive",
      description = "Where to move what was taken in whole (default: archive beside the file).")
  private @Nullable Path archive;

  @Option(names = "--no-archive", description = "Leave every file where it is.")
  private boolean noArchive;

  @Option(names = "--rejects", description = "Where to write what was not taken in, as JSON lines.")
  private @Nullable Path rejects;

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    List<Path> files = files();
    List<Map<String, Object>> results = new ArrayList<>();
    Path rejectsFile = null;
    boolean allTaken = true;
    for (Path file : files) {
      JsonNode loaded = load(file);
      rejectsFile = writeRejects(file, loaded.path("rejects"), rejectsFile);
      boolean taken = loaded.path("rejects").isEmpty();
      allTaken &= taken;
      results.add(result(file, loaded.path("numbers"), taken));
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("files", results);
    answer.put("rejectsFile", rejectsFile == null ? "" : rejectsFile.toString());
    Path written = rejectsFile;
    output.answer(answer, () -> tell(results, written));
    return allTaken ? ExitCode.DONE : ExitCode.FAILED;
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        files.addAll(IncomingFiles.in(path));
      } else if (Files.isReadable(path)) {
        files.add(path);
      } else {
        throw new CommandFailure(ExitCode.NOT_FOUND, "There is no file " + path);
      }
    }
    return files;
  }

  private JsonNode load(Path file) throws IOException {
    Instant trueAt =
        asOf == null ? Files.getLastModifiedTime(file).toInstant() : Arguments.moment(asOf);
    String path =
        "/api/instances/%s/load?id=%s&file=%s&asOf=%s"
            .formatted(
                instance,
                UUID.randomUUID(),
                URLEncoder.encode(file.getFileName().toString(), StandardCharsets.UTF_8),
                URLEncoder.encode(trueAt.toString(), StandardCharsets.UTF_8));
    try (InputStream stream =
        new LoadProgress(
            new BufferedInputStream(Files.newInputStream(file)),
            file.getFileName().toString(),
            Files.size(file))) {
      return service.stream(path, stream);
    }
  }

  private @Nullable Path writeRejects(Path file, JsonNode refused, @Nullable Path begun)
      throws IOException {
    if (refused.isEmpty()) {
      return begun;
    }
    Path target = rejects == null ? file.resolveSibling("rejects.jsonl") : rejects;
    Path into = begun == null ? target : begun;
    if (begun == null) {
      Files.deleteIfExists(into);
    }
    List<String> lines = new ArrayList<>();
    for (JsonNode one : refused) {
      lines.add(
          new RejectedPiece(
                  one.path("line").asInt(),
                  Output.text(one.path("emplid")),
                  Output.text(one.path("reason")))
              .jsonLine(file.toString()));
    }
    Files.write(into, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return into;
  }

  private Map<String, Object> result(Path file, JsonNode numbers, boolean taken)
      throws IOException {
    FileState state = FileState.of(numbers.path("transactions").asLong(), taken);
    if (state != FileState.KEPT && !noArchive) {
      moveAway(file);
    } else if (state == FileState.ARCHIVED) {
      state = FileState.KEPT;
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("file", file.toString());
    result.put("state", state.label());
    for (String number : List.of("transactions", "accepted", "unchanged", "rejected", "older")) {
      result.put(number, numbers.path(number).asLong());
    }
    return result;
  }

  private void moveAway(Path file) throws IOException {
    Path beside = file.toAbsolutePath().resolveSibling("archive");
    new Archive(Files.createDirectories(archive == null ? beside : archive)).take(file);
  }

  private static void tell(List<Map<String, Object>> results, @Nullable Path rejectsFile) {
    for (Map<String, Object> result : results) {
      System.out.printf(
          "%s: %s (%s people: %s new or changed, %s unchanged, %s older, %s rejected)%n",
          result.get("file"),
          result.get("state"),
          result.get("transactions"),
          result.get("accepted"),
          result.get("unchanged"),
          result.get("older"),
          result.get("rejected"));
    }
    if (rejectsFile != null) {
      System.out.println("What was not taken in stands in " + rejectsFile);
    }
  }
}
