package dev.rollcall.cli;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where the simulators are: beside the product, as the build leaves them, or as told. */
final class SimulatorsJar {

  private SimulatorsJar() {}

  /** The jar named by the system property {@code rollcall.simulators}, else the built one. */
  static Path find() {
    String told = System.getProperty("rollcall.simulators");
    if (told != null) {
      return Path.of(told);
    }
    try {
      Path code =
          Path.of(SimulatorsJar.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path root = code.resolve("../../..").normalize();
      return root.resolve("simulators/target/rollcall-simulators.jar");
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
