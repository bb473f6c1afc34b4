package dev.rollcall.web.api;

import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The REST API, as it describes itself. */
@RestController
final class ApiController {

  private final ObjectProvider<RequestMappingHandlerMapping> mappings;

  ApiController(
      @Qualifier("requestMappingHandlerMapping")
          ObjectProvider<RequestMappingHandlerMapping> mappings) {
    this.mappings = mappings;
  }

  @Operation("Describes all of this as an OpenAPI document.")
  @GetMapping("/api/openapi.json")
  Map<String, Object> document() {
    return ApiDocument.of(mappings.getObject().getHandlerMethods());
  }
}
