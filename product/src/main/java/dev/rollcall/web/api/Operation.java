package dev.rollcall.web.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.http.MediaType;

/** What the OpenAPI document says of a call, beside what its method's signature says. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Operation {

  /** JSON lines: one object a line. */
  String LINES = "application/x-ndjson";

  /** What it does, in one sentence. */
  String value();

  /** The media type of the body, where the method reads it from the request by itself. */
  String takes() default "";

  /** The media types of the answer; several where whoever asks chooses. */
  String[] gives() default MediaType.APPLICATION_JSON_VALUE;

  /** What is answered, where the method's type does not say it; several are alternatives. */
  Class<?>[] answers() default {};

  /** Statuses of problems beside those that follow from what the operation takes and needs. */
  int[] refuses() default {};
}
