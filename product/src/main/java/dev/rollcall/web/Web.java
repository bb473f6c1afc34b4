package dev.rollcall.web;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import dev.rollcall.web.api.Api;
import dev.rollcall.web.door.Door;
import dev.rollcall.web.health.Health;
import dev.rollcall.web.health.Readiness;
import dev.rollcall.web.page.Pages;
import dev.rollcall.web.tls.Tls;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The web server of one process; the only place where Spring lives. */
public final class Web implements AutoCloseable {

  private final ConfigurableApplicationContext context;
  private final int port;

  private Web(ConfigurableApplicationContext context, int port) {
    this.context = context;
    this.port = port;
  }

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
  @Import({
    ListenerController.class,
    EventsController.class,
    PeopleController.class,
    InstancesController.class,
    BudgetController.class,
    PausesController.class,
    HeldController.class,
    PreviewController.class,
    LoadsController.class,
    ExportController.class,
    RolesController.class,
    SuspendedController.class,
    FindingsController.class,
    LinesController.class,
    SessionsController.class,
    AuditController.class,
    ErasureController.class,
    ControlController.class,
    EnvironmentController.class,
    HousekeepingController.class,
    Failures.class,
    CutOff.class,
    Api.class,
    Door.class,
    Health.class,
    Pages.class
  })
  static class Configuration {}

  /**
   * Starts to answer.
   *
   * @param address the address to bind, usually the loopback
   * @param port 0 for any free one
   * @param tls the certificate to show, or null for plain HTTP
   * @throws PortTaken when something else answers there already
   */
  public static Web start(WebParts parts, String address, int port, @Nullable Tls tls) {
    SpringApplicationBuilder builder =
        new SpringApplicationBuilder(Configuration.class)
            .web(WebApplicationType.SERVLET)
            .bannerMode(Banner.Mode.OFF)
            .logStartupInfo(false)
            .registerShutdownHook(false)
            .initializers(context -> register((GenericApplicationContext) context, parts, tls))
            .properties(properties(parts, address, port));
    // It would begin the log anew, and forget how the settings want it.
    builder
        .application()
        .setListeners(
            builder.application().getListeners().stream()
                .filter(listener -> !(listener instanceof LoggingApplicationListener))
                .toList());
    if (tls != null) {
      builder.properties(Map.of("server.ssl.bundle", Tls.BUNDLE));
    }
    try {
      ConfigurableApplicationContext context = builder.run();
      WebServer server = ((WebServerApplicationContext) context).getWebServer();
      return new Web(context, requireNonNull(server, "no web server was started").getPort());
    } catch (RuntimeException failure) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof BindException) {
          throw new PortTaken(address, port, failure);
        }
      }
      throw failure;
    }
  }

  private static void register(
      GenericApplicationContext context, WebParts parts, @Nullable Tls tls) {
    context.registerBean(WebParts.class, () -> parts);
    if (tls != null) {
      context.registerBean(SslBundleRegistrar.class, () -> tls::register);
    }
  }

  private static Map<String, Object> properties(WebParts parts, String address, int port) {
    return Map.ofEntries(
        entry("server.address", address),
        entry("server.port", port),
        entry("server.shutdown", "graceful"),
        entry("spring.lifecycle.timeout-per-shutdown-phase", "5s"),
        entry("spring.threads.virtual.enabled", true),
        entry("spring.main.keep-alive", false),
        entry("server.tomcat.connection-timeout", "20s"),
        // A sender that is cut off while it sends never reads its 413: it would send for ever.
        entry("server.tomcat.max-swallow-size", 4L * parts.maxMessageBytes() + "B"),
        // Nobody but the listener reads a body, whatever its Content-Type says it is.
        entry("spring.servlet.multipart.enabled", false),
        entry("spring.mvc.formcontent.filter.enabled", false),
        entry("server.error.include-message", "never"),
        entry("server.servlet.session.tracking-modes", "cookie"),
        entry("spring.thymeleaf.prefix", "classpath:/dev/rollcall/web/page/"),
        entry("spring.mvc.static-path-pattern", "/assets/**"),
        entry("spring.web.resources.static-locations", "classpath:/dev/rollcall/web/assets/"),
        // What is fetched beside a page is named after its content, so it may be kept for ever.
        entry("spring.web.resources.chain.strategy.content.enabled", true),
        entry("spring.web.resources.cache.cachecontrol.max-age", "365d"));
  }

  /** Somebody else answers at the address and port that was asked for. */
  public static final class PortTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortTaken(String address, int port, Throwable cause) {
      super(
          "Port "
              + port
              + " of "
              + address
              + " cannot be used; set another with --port or"
              + " http.port (0 takes any free one)",
          cause);
    }
  }

  /** Where it answers. */
  public int port() {
    return port;
  }

  /**
   * An address that a controller answers.
   *
   * @param method {@code *} for every one
   * @param path with names in braces for what differs
   */
  public record Address(String method, String path) {}

  /** Every address that a controller answers. */
  public List<Address> addresses() {
    List<Address> addresses = new ArrayList<>();
    context
        .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .forEach(mapping -> {
          Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
          for (String path : mapping.getPatternValues()) {
            if (methods.isEmpty()) {
              addresses.add(new Address("*", path));
            }
            methods.forEach(method -> addresses.add(new Address(method.name(), path)));
          }
        });
    return addresses;
  }

  /** Says that it is not ready any more, takes nothing more in, and lets go of who is there. */
  @Override
  public void close() {
    context.getBean(Readiness.class).end();
    context.close();
  }
}
