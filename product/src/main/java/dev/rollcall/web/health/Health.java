package dev.rollcall.web.health;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Everything that others ask to find out whether all is well. */
@Configuration(proxyBeanMethods = false)
@Import({Readiness.class, HealthController.class, Metrics.class, MetricsController.class})
public class Health {}
