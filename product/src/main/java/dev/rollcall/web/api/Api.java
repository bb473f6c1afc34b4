package dev.rollcall.web.api;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What all of the REST API has in common. */
@Configuration(proxyBeanMethods = false)
@Import({ApiController.class, BodyLimit.class})
public class Api implements WebMvcConfigurer {

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new AcceptCheck()).addPathPatterns("/api/**");
  }
}
