package dev.rollcall.plan;

import dev.rollcall.plan.rule.Rules;

/** Everything that is in force for a person of whom one message told last. */
public record Tables(Mapping mapping, PlanSettings settings, Rules rules) {}
