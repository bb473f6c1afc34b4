package dev.rollcall.web;

import dev.rollcall.db.Database;
import dev.rollcall.sync.OutcomeCounts;

/**
 * What says how well this process is.
 *
 * @param database whether it answers, and how many connections are in use
 * @param outcomes what this process has worked
 */
public record HealthParts(Database database, OutcomeCounts outcomes) {}
