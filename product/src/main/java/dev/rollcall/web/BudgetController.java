package dev.rollcall.web;

import dev.rollcall.sync.budget.BudgetStanding;
import dev.rollcall.web.api.Operation;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How many calls the targets may still be made. */
@RestController
@RequestMapping("/api/budget")
final class BudgetController {

  private final WebParts parts;

  BudgetController(WebParts parts) {
    this.parts = parts;
  }

  /** By target and bucket. */
  @Operation("Lists how many calls each target may still be made, and when all will be done.")
  @GetMapping
  List<BudgetStanding> list() {
    return parts.budgets().standing();
  }
}
