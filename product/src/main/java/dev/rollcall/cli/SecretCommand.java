package dev.rollcall.cli;

import dev.rollcall.app.Home;
import dev.rollcall.config.EncryptionKey;
import dev.rollcall.config.KeySource;
import dev.rollcall.config.SettingsSecrets;
import java.io.Console;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Passwords and tokens that stand encrypted in the settings. Needs no running service. */
@Command(
    name = "secret",
    description = "Encrypt passwords and tokens for the settings file.",
    subcommands = {
      SecretCommand.MakeKey.class,
      SecretCommand.Encrypt.class,
      SecretCommand.Rotate.class
    })
final class SecretCommand implements Callable<Integer> {

  private static final int LONGEST = 64 * 1024;

  @Spec private @Nullable CommandSpec spec;

  /** Without a subcommand there is nothing to do. */
  @Override
  public Integer call() {
    if (spec != null) {
      CommandLine.usage(spec.commandLine(), System.err);
    }
    return ExitCode.USAGE;
  }

  @Command(name = "key", description = "Make a key, and print it or keep it in a file.")
  static final class MakeKey implements Callable<Integer> {

    @Option(
        names = "--out",
        description = "Keep it in this file, which only you can read, and print it nowhere.")
    private @Nullable Path out;

    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws IOException {
      EncryptionKey key = EncryptionKey.random();
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("id", key.id());
      Path file = out;
      if (file == null) {
        answer.put("key", key.text());
        output.say("Key " + key.id() + ". Keep it apart from the settings it is for.");
        output.answer(answer, () -> System.out.println(key.text()));
        return ExitCode.DONE;
      }
      if (Files.exists(file)) {
        throw new CommandFailure(
            ExitCode.FAILED, file + " is there already; what it decrypts would be lost with it");
      }
      Home.writePrivately(file, key.text() + "\n");
      answer.put("file", file.toString());
      output.answer(
          answer,
          () ->
              System.out.println("Key " + key.id() + " is in " + file + "; set ROLLCALL_KEY_FILE"));
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "encrypt",
      description = "Encrypt a secret, read from standard input or asked for, for one setting.")
  static final class Encrypt implements Callable<Integer> {

    @Parameters(
        arity = "1",
        paramLabel = "SETTING",
        description = "For example database.password; what is printed is good for no other.")
    private String setting = "";

    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws IOException {
      if (!SettingsSecrets.isOne(setting)) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "'"
                + setting
                + "' is no setting that holds a secret; these are: "
                + String.join(", ", SettingsSecrets.settings()));
      }
      EncryptionKey key = KeySource.current(System.getenv()).key();
      String value = SettingsSecrets.encrypt(key, setting, secret(setting));
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("setting", setting);
      answer.put("key", key.id());
      answer.put("value", value);
      output.answer(answer, () -> System.out.println(value));
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "rotate",
      description = {
        "Encrypt every encrypted value of a settings file with a new key, in place.",
        "The old key is given as always (ROLLCALL_KEY...), the new one as ROLLCALL_NEW_KEY,",
        "ROLLCALL_NEW_KEY_FILE or ROLLCALL_NEW_KEY_COMMAND."
      })
  static final class Rotate implements Callable<Integer> {

    @Option(names = "--config", required = true, description = "The settings, a YAML file.")
    private Path config = Path.of("rollcall.yaml");

    @Mixin private Output output = new Output();

    @Override
    public Integer call() {
      EncryptionKey from = KeySource.current(System.getenv()).key();
      EncryptionKey to = KeySource.next(System.getenv()).key();
      if (from.equals(to)) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "The old and the new key are the same; 'rollcall secret key' makes one");
      }
      SettingsSecrets.Rotated done = SettingsSecrets.rotate(config, from, to);
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("file", config.toString());
      answer.put("from", from.id());
      answer.put("to", to.id());
      answer.put("rotated", done.rotated());
      answer.put("unchanged", done.before());
      output.answer(
          answer,
          () ->
              System.out.println(
                  "%d values of %s are encrypted with key %s now; give that key to whoever reads it"
                      .formatted(done.rotated().size(), config, to.id())));
      return ExitCode.DONE;
    }
  }

  /** Never an argument: everybody on the machine sees those. */
  private static String secret(String setting) throws IOException {
    // Where nobody types there is none, or one that is no terminal: Java versions differ.
    Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    String secret = terminal.isPresent() ? asked(terminal.get(), setting) : standardInput();
    if (secret.isEmpty()) {
      throw new CommandFailure(ExitCode.USAGE, "The secret is empty");
    }
    return secret;
  }

  private static String asked(Console console, String setting) {
    char[] once = console.readPassword("Secret for %s: ", setting);
    char[] again = console.readPassword("Once more: ");
    if (once == null || again == null) {
      return "";
    }
    if (!Arrays.equals(once, again)) {
      throw new CommandFailure(ExitCode.USAGE, "They are not the same");
    }
    return new String(once);
  }

  /** All of it, without the end of the last line, which {@code echo} adds. */
  private static String standardInput() throws IOException {
    byte[] bytes = System.in.readNBytes(LONGEST + 1);
    if (bytes.length > LONGEST) {
      throw new CommandFailure(ExitCode.USAGE, "The secret is longer than " + LONGEST + " bytes");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.endsWith("\r\n")
          ? text.substring(0, text.length() - 2)
          : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } catch (CharacterCodingException strange) {
      throw new CommandFailure(ExitCode.USAGE, "The secret is not written in UTF-8");
    }
  }
}
