package dev.rollcall.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a browser does without its screen: keeps cookies, fills in forms, follows nothing. */
final class Browser implements AutoCloseable {

  private static final Pattern PROOF =
      Pattern.compile("<input[^>]*name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient client =
      HttpClient.newBuilder()
          .cookieHandler(cookies)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final URI service;

  Browser(int port) {
    this.service = URI.create("http://127.0.0.1:" + port);
  }

  /** Another one with the same cookies, as a browser sends them to another process. */
  Browser at(int port) {
    Browser other = new Browser(port);
    cookies
        .getCookieStore()
        .getCookies()
        .forEach(cookie -> other.cookies.getCookieStore().add(other.service, cookie));
    return other;
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  /** Posts fields; adds no proof that the form was ours. */
  HttpResponse<String> post(String path, Map<String, String> fields, String... headers) {
    String form =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        request(path, headers)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  /** Looks at a page with a form and sends that. */
  HttpResponse<String> fillIn(String page, String action, Map<String, String> fields) {
    Map<String, String> all = new LinkedHashMap<>(fields);
    all.put("_csrf", proof(page));
    return post(action, all);
  }

  String proof(String page) {
    HttpResponse<String> shown = get(page);
    Matcher proof = PROOF.matcher(shown.body());
    if (!proof.find()) {
      throw new AssertionError("no form at " + page + ": " + shown + shown.body());
    }
    return proof.group(1);
  }

  HttpResponse<String> signIn(String user, String password) {
    return fillIn("/sign-in", "/sign-in", Map.of("user", user, "password", password));
  }

  List<HttpCookie> cookies() {
    return cookies.getCookieStore().getCookies();
  }

  /** The value of a cookie; empty when there is none. */
  String cookie(String name) {
    return cookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElse("");
  }

  static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.resolve(path))
            .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
            .timeout(Duration.ofSeconds(30));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
  }
}
