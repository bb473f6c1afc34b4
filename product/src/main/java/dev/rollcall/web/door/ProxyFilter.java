package dev.rollcall.web.door;

import dev.rollcall.access.Network;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Behind a proxy that is trusted: where a request really came from ({@code X-Forwarded-For}), and
 * whether it came over TLS ({@code X-Forwarded-Proto}). Of anybody else these headers say nothing.
 */
final class ProxyFilter extends OncePerRequestFilter {

  private static final List<Network> EVERYTHING =
      List.of(Network.parse("0.0.0.0/0"), Network.parse("::/0"));

  private final List<Network> trusted;

  ProxyFilter(List<Network> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !isTrusted(request.getRemoteAddr());
  }

  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return false;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    List<String> way = values(request, "X-Forwarded-For");
    List<String> schemes = values(request, "X-Forwarded-Proto");
    String address = sender(request.getRemoteAddr(), way);
    boolean secure =
        schemes.isEmpty() ? request.isSecure() : schemes.getLast().equalsIgnoreCase("https");
    chain.doFilter(new Forwarded(request, address, secure), response);
  }

  /**
   * Each proxy writes at the end whom it was asked by. Whatever stands before somebody who is not
   * trusted may be made up.
   */
  private String sender(String proxy, List<String> way) {
    String sender = proxy;
    for (String before : way.reversed()) {
      if (!isTrusted(sender)) {
        return sender;
      }
      if (!isAddress(before)) {
        return sender;
      }
      sender = before;
    }
    return sender;
  }

  private boolean isTrusted(String address) {
    return Network.anyContains(trusted, address);
  }

  private static boolean isAddress(String text) {
    return EVERYTHING.stream().anyMatch(all -> all.contains(text));
  }

  private static List<String> values(HttpServletRequest request, String name) {
    List<String> values = new ArrayList<>();
    for (String header : Collections.list(request.getHeaders(name))) {
      for (String value : header.split(",", -1)) {
        values.add(withoutPort(value.strip()));
      }
    }
    return values;
  }

  /** Some proxies write {@code 192.0.2.1:50123} or {@code [2001:db8::1]:50123}. */
  private static String withoutPort(String value) {
    if (value.startsWith("[")) {
      return value.replaceFirst("^\\[([^]]*)](:\\d+)?$", "$1");
    }
    return value.matches("[\\d.]+:\\d+") ? value.substring(0, value.indexOf(':')) : value;
  }

  private static final class Forwarded extends HttpServletRequestWrapper {
    private final String address;
    private final boolean secure;

    Forwarded(HttpServletRequest request, String address, boolean secure) {
      super(request);
      this.address = address;
      this.secure = secure;
    }

    @Override
    public String getRemoteAddr() {
      return address;
    }

    @Override
    public String getRemoteHost() {
      return address;
    }

    @Override
    public boolean isSecure() {
      return secure;
    }

    @Override
    public String getScheme() {
      return secure ? "https" : "http";
    }
  }
}
