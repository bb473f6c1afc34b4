package dev.rollcall.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One file being read: what is wrong in it so far, and which settings were asked for. */
final class Reading {

  private static final String MASK = "***";

  /** What an address can hold that is nobody's business. */
  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "((?:password|pwd|token|secret)=|://[^/@:\\s]*:)(?:(?<==)[^&\\s]+|[^/@\\s]+(?=@))",
          Pattern.CASE_INSENSITIVE);

  private final String file;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> asked = new LinkedHashSet<>();
  private final Set<String> secrets = new LinkedHashSet<>();
  private final Set<String> hidden = new HashSet<>();
  private final Map<String, Told> told = new TreeMap<>();

  Reading(String file) {
    this.file = file;
  }

  void problem(int line, String text) {
    problems.add(new Problem(file, line, text));
  }

  void asked(String path) {
    asked.add(path);
  }

  /** Everything that is wrong, in the order of the file; what two messages share is told once. */
  List<Problem> problems() {
    return problems.stream().distinct().sorted(Comparator.comparingInt(Problem::line)).toList();
  }

  /** What a setting is, as it stands in the file. */
  void given(String path, int line, String value) {
    told.put(path, new Told(path, shown(path, value), file, line, null));
  }

  /** What a setting is that the environment decides. */
  void fromEnvironment(String path, String variable, String value) {
    told.put(path, new Told(path, shown(path, value), null, null, variable));
  }

  /** What a setting is that nobody set. */
  void assumed(String path, String value) {
    told.putIfAbsent(path, new Told(path, shown(path, value), null, null, null));
  }

  void askedSecret(String path) {
    secrets.add(path);
  }

  /** From now on and before, the value of this setting is told to nobody; where it stands is. */
  void hide(String path) {
    hidden.add(path);
    told.computeIfPresent(
        path,
        (_, one) ->
            new Told(path, shown(path, one.value()), one.file(), one.line(), one.variable()));
  }

  /** Every setting that is in force, by name. */
  List<Told> told() {
    return List.copyOf(told.values());
  }

  private String shown(String path, String value) {
    if (value.startsWith(EncryptedText.PREFIX)) {
      return "encrypted";
    }
    boolean elsewhere = value.startsWith("env:") || value.startsWith("file:");
    return hidden.contains(path) && !elsewhere
        ? MASK
        : CREDENTIALS.matcher(value).replaceAll("$1" + MASK);
  }

  /** The settings that were looked for, whether they are there or not. */
  Set<String> asked() {
    return asked;
  }

  /** Those of them that are secrets. */
  Set<String> secrets() {
    return secrets;
  }
}
