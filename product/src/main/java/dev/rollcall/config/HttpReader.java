package dev.rollcall.config;

import dev.rollcall.access.Network;
import dev.rollcall.config.Settings.HttpSettings;
import dev.rollcall.config.Settings.TlsSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code http}: where the service answers, and how nobody listens in. */
final class HttpReader {

  private static final int DEFAULT_PORT = 8480;

  private HttpReader() {}

  static HttpSettings read(Section section, Secrets secrets) {
    Optional<Secret> token = secrets.read(section, "token", "ROLLCALL_TOKEN");
    if (token.filter(value -> value.reveal().isBlank()).isPresent()) {
      section.problemAt(
          "token", "'http.token' is blank; leave it away to have one made and kept in the home");
    }
    String address = section.text("address", "127.0.0.1");
    boolean wantsTls = section.has("tls");
    boolean allowPlain = section.flag("allowPlain", false);
    TlsSettings tls = wantsTls ? tls(section, section.section("tls"), secrets) : noTls(section);
    if (!wantsTls && !allowPlain && !isLoopback(address)) {
      section.problemAt(
          "address",
          "'http.address' is '%s': others could listen in. Set 'http.tls', or leave the address"
                  .formatted(address)
              + " 127.0.0.1; where a proxy in front does TLS say 'http.allowPlain: yes'");
    }
    HttpSettings settings =
        new HttpSettings(
            address,
            section.number("port", DEFAULT_PORT, 0, 65_535),
            token.orElse(null),
            tls,
            networks(section, "trustedProxies"));
    section.done();
    return settings;
  }

  /** Asks for what could be there, so that it is known to be allowed. */
  private static @Nullable TlsSettings noTls(Section http) {
    http.section("tls");
    return null;
  }

  private static @Nullable TlsSettings tls(Section http, Section section, Secrets secrets) {
    Optional<Path> keyStore = path(section, "keyStore");
    Optional<Path> certificate = path(section, "certificate");
    Optional<Path> key = path(section, "key");
    Optional<Secret> password = secrets.read(section, "password");
    section.done();
    if (keyStore.isEmpty() && certificate.isEmpty() && key.isEmpty() && password.isEmpty()) {
      http.problemAt("tls", "'http.tls' is empty; it needs 'keyStore', or 'certificate' and 'key'");
      return null;
    }
    if (keyStore.isPresent() && (certificate.isPresent() || key.isPresent())) {
      section.problemAt(
          "keyStore", "'http.tls' has either 'keyStore' or 'certificate' and 'key', not both");
      return null;
    }
    if (keyStore.isPresent()) {
      if (password.isEmpty()) {
        section.problemAt("keyStore", "'http.tls.password' of the key store is missing");
        return null;
      }
      return new TlsSettings.KeyStoreFile(keyStore.get(), password.get());
    }
    if (certificate.isEmpty() || key.isEmpty()) {
      String missing = certificate.isEmpty() ? "certificate" : "key";
      http.problemAt("tls", "'http.tls." + missing + "' is missing");
      return null;
    }
    return new TlsSettings.PemFiles(certificate.get(), key.get(), password.orElse(null));
  }

  private static Optional<Path> path(Section section, String key) {
    return section
        .text(key)
        .flatMap(text -> {
          try {
            return Optional.of(Path.of(text).toAbsolutePath());
          } catch (InvalidPathException wrong) {
            section.problemAt(key, "'" + section.path() + "." + key + "' is no path of a file");
            return Optional.empty();
          }
        });
  }

  /** Networks such as {@code 10.0.0.0/8}; what is none is a problem. */
  static List<Network> networks(Section section, String key) {
    List<Network> networks = new ArrayList<>();
    for (String text : section.texts(key, List.of())) {
      try {
        networks.add(Network.parse(text));
      } catch (IllegalArgumentException wrong) {
        section.problemAt(
            key,
            "'%s.%s' has '%s', but needs addresses such as 10.1.2.3 or 10.0.0.0/8"
                .formatted(section.path(), key, text));
      }
    }
    return networks;
  }

  private static boolean isLoopback(String address) {
    return address.equals("localhost")
        || Network.parse("127.0.0.0/8").contains(address)
        || Network.parse("::1").contains(address);
  }
}
