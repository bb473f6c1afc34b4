package dev.rollcall.web;

import dev.rollcall.sync.budget.BudgetStanding;
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

  @GetMapping
  List<BudgetStanding> list() {
    return parts.budgets().standing();
  }
}
