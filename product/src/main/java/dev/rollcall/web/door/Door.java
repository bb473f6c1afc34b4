package dev.rollcall.web.door;

import dev.rollcall.access.Role;
import dev.rollcall.access.SignedIn;
import dev.rollcall.web.WebParts;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Everything that stands before the controllers: deny by default, {@link AccessTable} opens. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@Import({SignInController.class, UsersController.class, TokensController.class})
public class Door implements WebMvcConfigurer {

  private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  /** Nothing but our own files, no script or style in a page, and in nobody's frame. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src"
          + " 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  @Bean
  SecurityFilterChain filters(HttpSecurity http, WebParts parts) throws Exception {
    Refusals refusals = new Refusals();
    return http.sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .addFilterBefore(new DoorFilter(parts.access(), refusals), CsrfFilter.class)
        .csrf(csrf ->
            csrf.csrfTokenRepository(new VisitCsrf()).requireCsrfProtectionMatcher(Door::canBeMade))
        .headers(headers ->
            headers
                .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                .crossOriginOpenerPolicy(
                    policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN)))
        .exceptionHandling(
            failures -> failures.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
        .authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ERROR)
                .permitAll()
                .anyRequest()
                .access(Door::decide))
        .build();
  }

  /** Before everything else: all others ask where a request came from, and how. */
  @Bean
  FilterRegistrationBean<ProxyFilter> proxies(WebParts parts) {
    FilterRegistrationBean<ProxyFilter> filter =
        new FilterRegistrationBean<>(new ProxyFilter(parts.trustedProxies()));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    filter.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR);
    return filter;
  }

  /**
   * Spring's own, which refuses addresses that are written in doubtful ways. What a header holds is
   * judged by whoever reads it: the listener answers its senders in its own words.
   */
  @Bean
  StrictHttpFirewall firewall() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setAllowedHeaderValues(value -> true);
    return firewall;
  }

  /**
   * Whether another site can make a browser do this: what a cookie allows, and signing in. Nothing
   * else of the request is looked at, because the listener's body belongs to the listener.
   */
  private static boolean canBeMade(HttpServletRequest request) {
    return !HARMLESS.contains(request.getMethod())
        && (Asker.isBrowser() || request.getRequestURI().equals(Refusals.SIGN_IN));
  }

  /**
   * The role somebody needs at an address.
   *
   * @param method for example {@code GET}
   * @param path as in the mapping of the controller
   * @return empty when it is open, shut, or asks only that somebody is signed in
   */
  public static Optional<Role> roleFor(String method, String path) {
    return AccessTable.rows().stream()
        .filter(row -> row.method().equals(method) && row.path().getPatternString().equals(path))
        .map(AccessTable.Row::need)
        .flatMap(need ->
            need instanceof AccessTable.Need.AtLeast(Role role)
                ? Stream.of(role)
                : Stream.<Role>empty())
        .findFirst();
  }

  private static AuthorizationDecision decide(
      Supplier<? extends @Nullable Authentication> authentication,
      RequestAuthorizationContext context) {
    Optional<AccessTable.Need> need = AccessTable.needOf(context.getRequest());
    return new AuthorizationDecision(
        need.isPresent() && isMet(need.get(), Asker.of(authentication.get())));
  }

  private static boolean isMet(AccessTable.Need need, Optional<SignedIn> who) {
    return switch (need) {
      case AccessTable.Need.Nothing() -> true;
      case AccessTable.Need.AnybodySignedIn() -> who.isPresent();
      case AccessTable.Need.AtLeast(var role) ->
          who.isPresent() && !who.get().mustChangePassword() && who.get().role().covers(role);
    };
  }

  /** A controller that takes a {@link SignedIn} is given whoever asks. */
  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new Resolver());
  }

  private static final class Resolver implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return parameter.getParameterType().equals(SignedIn.class);
    }

    @Override
    public Object resolveArgument(
        MethodParameter parameter,
        @Nullable ModelAndViewContainer model,
        NativeWebRequest request,
        @Nullable WebDataBinderFactory binders) {
      return Asker.now().orElseThrow(() -> new IllegalStateException("nobody is signed in"));
    }
  }
}
