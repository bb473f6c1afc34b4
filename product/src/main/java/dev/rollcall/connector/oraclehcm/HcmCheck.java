package dev.rollcall.connector.oraclehcm;

import dev.rollcall.http.HttpSender;
import dev.rollcall.spi.ConnectorException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Looks whether an Oracle HCM can be read, step by step; changes nothing, there or here. */
public final class HcmCheck {

  private final HcmSettings settings;
  private final HttpSender sender;
  private final Clock clock;

  /**
   * @param sender with the patience of the settings
   */
  public HcmCheck(HcmSettings settings, HttpSender sender, Clock clock) {
    this.settings = settings;
    this.sender = sender;
    this.clock = clock;
  }

  /**
   * What was found by a step.
   *
   * @param name {@code resolve}, {@code tcp}, {@code tls}, {@code sign-in}, {@code workers}, {@code
   *     locations} or {@code filters}
   * @param reason in one line, with the way out where it is not well
   */
  public record Standing(String name, boolean ok, String reason) {}

  private interface Look {
    String say() throws IOException;
  }

  /** Looks now, until a step without which the next ones cannot be is not well. */
  public List<Standing> look() {
    List<Standing> found = new ArrayList<>();
    URI url = settings.url();
    String host = url.getHost();
    boolean secure = "https".equals(url.getScheme());
    int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
    boolean there =
        step(found, "resolve", () -> host + " is " + InetAddress.getByName(host).getHostAddress())
            && step(found, "tcp", () -> connected(host, port))
            && step(found, "tls", () -> secure ? secured(url) : "not used: the address is http");
    if (!there) {
      return found;
    }
    // A person waits: nothing is tried again.
    HcmSettings once = once();
    HcmPeople people = new HcmPeople(once, sender, clock, Pause.sleeping());
    LocalDate today = LocalDate.now(clock.withZone(settings.zone()));
    boolean in =
        step(found, "sign-in", () -> signedIn(people))
            && step(found, "filters", () -> filters(people));
    if (in) {
      step(found, "workers", () -> workers(people, today));
      step(found, "locations", () -> locations(people, today));
    }
    return found;
  }

  private HcmSettings once() {
    return new HcmSettings(
        settings.url(),
        settings.auth(),
        settings.reader(),
        settings.framework(),
        settings.version(),
        settings.zone(),
        settings.pageSize(),
        settings.overlap(),
        settings.createdDays(),
        settings.deactivatedDays(),
        settings.filters(),
        settings.mostQuarantined(),
        settings.collapsePercent(),
        1,
        settings.patience());
  }

  private boolean step(List<Standing> found, String name, Look look) {
    @Nullable String wrong;
    try {
      found.add(new Standing(name, true, look.say()));
      return true;
    } catch (UnknownHostException unknown) {
      wrong = "no host %s; look at hcm_url and the name server".formatted(settings.url().getHost());
    } catch (ConnectorException | IOException failure) {
      wrong = String.valueOf(failure.getMessage());
    } catch (BrokenAnswer broken) {
      wrong = "%s answered with %s".formatted(settings.url().getHost(), broken.getMessage());
    }
    found.add(new Standing(name, false, wrong));
    return false;
  }

  private String connected(String host, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(host, port), Math.toIntExact(settings.patience().toMillis()));
    } catch (UnknownHostException unknown) {
      throw unknown;
    } catch (IOException refused) {
      throw new IOException(
          "no connection to %s:%d: %s; look at firewall and proxy"
              .formatted(host, port, refused.getMessage()),
          refused);
    }
    return "%s:%d takes connections".formatted(host, port);
  }

  /** Whatever is answered, the certificate was believed. */
  private String secured(URI url) throws IOException {
    try {
      sender.send("GET", url, Map.of("User-Agent", "Rollcall"), null);
      return "the certificate of %s is believed".formatted(url.getHost());
    } catch (SSLException refused) {
      throw new IOException(
          "the certificate of %s is not believed: %s; name its authority in the settings"
              .formatted(url.getHost(), refused.getMessage()),
          refused);
    }
  }

  private String signedIn(HcmPeople people) {
    people.client().whole(resource(), few(), framework());
    return "%s lets %s in".formatted(settings.url().getHost(), settings.auth());
  }

  private Map<String, String> few() {
    return Map.of("onlyData", "true", "fields", "PersonId", "limit", "1");
  }

  private String resource() {
    return settings.reader().resource();
  }

  private int framework() {
    return settings.framework();
  }

  private String filters(HcmPeople people) {
    Described described = people.described();
    if (described.missing() != null) {
      return "what can be asked by is not told (%s); all people are read, and those in question taken"
          .formatted(described.missing());
    }
    List<String> ours = new ArrayList<>();
    for (HcmRun.Kind kind : HcmRun.Kind.values()) {
      boolean limited = kind == HcmRun.Kind.LEAVERS || settings.createdDays() > 0;
      if (limited && !people.asksByDays(kind)) {
        ours.add(kind == HcmRun.Kind.LEAVERS ? people.shape().termination() : "CreationDate");
      }
    }
    return ours.isEmpty()
        ? "all that is asked by is queryable"
        : "not queryable: %s; all people are read, and those in question taken"
            .formatted(String.join(", ", ours));
  }

  private String workers(HcmPeople people, LocalDate today) {
    int rows = people.read(people.all(HcmRun.Kind.ACTIVE, today), 0, 1).places().size();
    if (rows == 0 && settings.createdDays() == 0) {
      throw RunReader.unreadable(
          "%s names nobody; look at the data security of %s"
              .formatted(resource(), settings.auth()));
    }
    return rows == 0
        ? "nobody was created in the last %d days".formatted(settings.createdDays())
        : resource() + " can be read";
  }

  private String locations(HcmPeople people, LocalDate today) {
    people.checkLocations(today);
    return "locations can be read";
  }
}
