package dev.rollcall.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One file being read: what is wrong in it so far, and which settings were asked for. */
final class Reading {

  private final String file;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> asked = new LinkedHashSet<>();
  private final Set<String> secrets = new LinkedHashSet<>();

  Reading(String file) {
    this.file = file;
  }

  void problem(int line, String text) {
    problems.add(new Problem(file, line, text));
  }

  void asked(String path) {
    asked.add(path);
  }

  void askedSecret(String path) {
    secrets.add(path);
  }

  /** Everything that is wrong, in the order of the file; what two messages share is told once. */
  List<Problem> problems() {
    return problems.stream().distinct().sorted(Comparator.comparingInt(Problem::line)).toList();
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
