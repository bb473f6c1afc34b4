package dev.rollcall.web.page;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * All pages. Templates are resources of this package; what browsers fetch beside them lies in
 * {@code dev/rollcall/web/assets}.
 */
@Configuration(proxyBeanMethods = false)
@Import({
  FrameAdvice.class,
  PageFailures.class,
  OverviewController.class,
  EventsController.class,
  EventController.class,
  PeopleController.class,
  InstanceController.class,
  SuspendedController.class,
  HeldController.class,
  FindingsController.class,
  LinesController.class,
  SessionsController.class,
  CallsController.class,
  AuditController.class,
  ErasureController.class,
  SettingsController.class,
  UsersController.class,
  ErrorPages.class
})
public class Pages {}
