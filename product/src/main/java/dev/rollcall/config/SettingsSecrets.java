package dev.rollcall.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** What people do with the encrypted values of a settings file. */
public final class SettingsSecrets {

  private static final Pattern NAME = Pattern.compile("(^|\\.)NAME(?=\\.|$)");

  private SettingsSecrets() {}

  /** The settings that hold secrets; {@code NAME} stands for a name that people choose. */
  public static List<String> settings() {
    return SettingsKeys.all().stream()
        .filter(key -> key.kind() == SettingsKeys.Kind.SECRET)
        .map(SettingsKeys.Key::path)
        .toList();
  }

  /** Whether this is one of them. */
  public static boolean isOne(String setting) {
    return settings().stream().anyMatch(path -> pattern(path).matcher(setting).matches());
  }

  private static Pattern pattern(String path) {
    String[] parts = NAME.split(path, -1);
    return Pattern.compile(
        Stream.of(parts)
            .map(part -> part.isEmpty() ? "" : Pattern.quote(part))
            .reduce((left, right) -> left + "(?:\\.|^)[^.]+" + right)
            .orElse(""));
  }

  /**
   * Encrypts a secret for the one setting in which it is to stand.
   *
   * @return what to write there
   */
  public static String encrypt(EncryptionKey key, String setting, String secret) {
    return EncryptedText.encrypt(key, setting, secret).toString();
  }

  /**
   * What a rotation did.
   *
   * @param rotated the settings that are encrypted with the new key now
   * @param before those that were already
   */
  public record Rotated(List<String> rotated, List<String> before) {
    public Rotated {
      rotated = List.copyOf(rotated);
      before = List.copyOf(before);
    }
  }

  /**
   * Encrypts every encrypted value of a file with another key, in place. Nothing else of the file
   * changes, comments, layout and rights included, and it is written whole or not at all.
   *
   * @throws InvalidSettings when a value cannot be decrypted or the file not be read or written;
   *     then it is as it was
   */
  public static Rotated rotate(Path file, EncryptionKey from, EncryptionKey to) {
    Reading reading = new Reading(file.toString());
    try {
      Path real = file.toRealPath();
      String text = Files.readString(real);
      List<Found> values = find(SettingsFile.compose(file.toString(), text));
      Rotation rotation = new Rotation(reading, text, from, to);
      values.forEach(rotation::decrypt);
      failIfWrong(reading);
      if (!rotation.rotated.isEmpty()) {
        String fresh = rotation.text();
        rotation.check(find(SettingsFile.compose(file.toString(), fresh)));
        failIfWrong(reading);
        replace(real, text, fresh);
      }
      return new Rotated(rotation.rotated, rotation.before);
    } catch (NoSuchFileException missing) {
      reading.problem(1, "there is no such file");
    } catch (CharacterCodingException strange) {
      reading.problem(1, "it is not written in UTF-8");
    } catch (IOException failure) {
      reading.problem(1, "it cannot be rewritten and is as it was: " + reason(failure));
    }
    throw new InvalidSettings(reading.problems());
  }

  private static void failIfWrong(Reading reading) {
    if (!reading.problems().isEmpty()) {
      throw new InvalidSettings(reading.problems());
    }
  }

  private static String reason(IOException failure) {
    return failure instanceof FileSystemException said && said.getReason() != null
        ? said.getReason()
        : String.valueOf(failure.getMessage());
  }

  /** A text that claims to be encrypted, and where it stands. */
  private record Found(String setting, ScalarNode node) {
    int line() {
      return node.getStartMark().getLine() + 1;
    }
  }

  private static List<Found> find(@Nullable Node root) {
    List<Found> found = new ArrayList<>();
    if (root != null) {
      find(root, "", found, Collections.newSetFromMap(new IdentityHashMap<>()));
    }
    return found;
  }

  private static void find(Node node, String path, List<Found> found, Set<Node> above) {
    if (!above.add(node)) {
      return; // an alias within what it names
    }
    switch (node) {
      case ScalarNode scalar -> {
        if (EncryptedText.isOne(scalar.getValue())) {
          found.add(new Found(path, scalar));
        }
      }
      case MappingNode mapping -> {
        for (NodeTuple entry : mapping.getValue()) {
          String name = entry.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
          find(entry.getValueNode(), path.isEmpty() ? name : path + "." + name, found, above);
        }
      }
      case SequenceNode sequence -> {
        int place = 0;
        for (Node item : sequence.getValue()) {
          find(item, path + "[" + place++ + "]", found, above);
        }
      }
      default -> {}
    }
    above.remove(node);
  }

  /** One file being rewritten. Its places are counted in code points, as YAML counts them. */
  private static final class Rotation {
    private final Reading reading;
    private final int[] text;
    private final EncryptionKey from;
    private final EncryptionKey to;
    private final List<String> rotated = new ArrayList<>();
    private final List<String> before = new ArrayList<>();
    private final List<Replacement> replacements = new ArrayList<>();

    private record Replacement(int start, int end, String with, String secret) {}

    Rotation(Reading reading, String text, EncryptionKey from, EncryptionKey to) {
      this.reading = reading;
      this.text = text.codePoints().toArray();
      this.from = from;
      this.to = to;
    }

    void decrypt(Found value) {
      Optional<EncryptedText> encrypted = EncryptedText.parse(value.node().getValue());
      if (encrypted.filter(one -> one.keyId().equals(to.id())).isPresent()) {
        if (encrypted.get().decrypt(to, value.setting()).isEmpty()) {
          wrong(value, "cannot be decrypted with the new key, by which it says it was encrypted");
        }
        before.add(value.setting());
        return;
      }
      Optional<String> secret = encrypted.flatMap(one -> one.decrypt(from, value.setting()));
      if (secret.isEmpty()) {
        wrong(
            value,
            "cannot be decrypted with key %s, the one that is given as the old key"
                .formatted(from.id()));
        return;
      }
      int start = value.node().getStartMark().getIndex();
      int end = value.node().getEndMark().getIndex();
      String slice = new String(text, start, end - start);
      int at = slice.indexOf(value.node().getValue());
      if (at < 0) {
        wrong(value, "has to stand on one line to be rewritten");
        return;
      }
      int begins = start + slice.codePointCount(0, at);
      replacements.add(
          new Replacement(
              begins,
              begins + value.node().getValue().length(),
              encrypt(to, value.setting(), secret.get()),
              secret.get()));
      rotated.add(value.setting());
    }

    private void wrong(Found value, String what) {
      reading.problem(value.line(), "'" + value.setting() + "' " + what + "; nothing was changed");
    }

    String text() {
      StringBuilder fresh = new StringBuilder();
      int done = 0;
      for (Replacement one : replacements) {
        fresh.append(new String(text, done, one.start() - done)).append(one.with());
        done = one.end();
      }
      return fresh.append(new String(text, done, text.length - done)).toString();
    }

    /** What is about to be written has to say the same as what was read. */
    void check(List<Found> fresh) {
      for (int i = 0; i < replacements.size(); i++) {
        String with = replacements.get(i).with();
        String setting = rotated.get(i);
        boolean there =
            fresh.stream()
                .anyMatch(
                    one -> one.setting().equals(setting) && one.node().getValue().equals(with));
        boolean same =
            EncryptedText.parse(with)
                .flatMap(one -> one.decrypt(to, setting))
                .filter(replacements.get(i).secret()::equals)
                .isPresent();
        if (!there || !same) {
          reading.problem(1, "'" + setting + "' cannot be rewritten here; nothing was changed");
        }
      }
    }
  }

  private static void replace(Path file, String read, String fresh) throws IOException {
    PosixFileAttributes rights = Files.readAttributes(file, PosixFileAttributes.class);
    FileAttribute<Set<PosixFilePermission>> closed =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path directory = file.resolveSibling(".");
    Path next = Files.createTempFile(directory, file.getFileName().toString(), ".new", closed);
    try {
      Files.write(next, fresh.getBytes(StandardCharsets.UTF_8));
      Files.setAttribute(next, "unix:gid", Files.getAttribute(file, "unix:gid"));
      Files.setAttribute(next, "unix:uid", Files.getAttribute(file, "unix:uid"));
      Files.setPosixFilePermissions(next, rights.permissions());
      force(next, StandardOpenOption.WRITE);
      if (!Files.readString(file).equals(read)) {
        throw new IOException("somebody else has changed it meanwhile");
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      force(directory, StandardOpenOption.READ);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  private static void force(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }
}
