package dev.rollcall.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rollcall.access.SignedIn;
import dev.rollcall.intake.RoleSeeding;
import dev.rollcall.spi.RoleCatalog;
import dev.rollcall.web.api.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Roles: which there are and how many have them, and making those of a file. */
@RestController
@RequestMapping("/api/roles")
final class RolesController {

  private final WebParts parts;

  RolesController(WebParts parts) {
    this.parts = parts;
  }

  record RoleView(
      String role,
      @Nullable String description,
      @JsonProperty("created_by") String createdBy,
      @JsonProperty("created_at") Instant createdAt,
      long holders) {}

  @Operation("Lists the roles of the identity repository.")
  @GetMapping
  List<RoleView> list() {
    return parts.roles().list().stream().map(RolesController::view).toList();
  }

  /** The body is the CSV file. */
  @Operation(value = "Makes the roles of a CSV file.", takes = "text/csv")
  @PostMapping
  RoleSeeding.Seeded seed(HttpServletRequest request, SignedIn who) throws IOException {
    return parts.seeding().seed(request.getInputStream(), who.name());
  }

  private static RoleView view(RoleCatalog.Known known) {
    return new RoleView(
        known.role(), known.description(), known.createdBy(), known.createdAt(), known.holders());
  }
}
