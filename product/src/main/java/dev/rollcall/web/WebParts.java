package dev.rollcall.web;

import dev.rollcall.access.Access;
import dev.rollcall.access.Network;
import dev.rollcall.audit.Audit;
import dev.rollcall.audit.AuditSearch;
import dev.rollcall.event.EventLookup;
import dev.rollcall.event.InstanceStates;
import dev.rollcall.event.Lines;
import dev.rollcall.event.Sessions;
import dev.rollcall.finding.Findings;
import dev.rollcall.guard.EnvironmentLock;
import dev.rollcall.guard.Holds;
import dev.rollcall.guard.WorkGate;
import dev.rollcall.intake.Consents;
import dev.rollcall.intake.DirectoryWatch;
import dev.rollcall.intake.EnvironmentAdoption;
import dev.rollcall.intake.Erasure;
import dev.rollcall.intake.FindingReview;
import dev.rollcall.intake.FullLoad;
import dev.rollcall.intake.MessageIntake;
import dev.rollcall.intake.Pauses;
import dev.rollcall.intake.Requests;
import dev.rollcall.intake.Resolutions;
import dev.rollcall.intake.RoleSeeding;
import dev.rollcall.link.Links;
import dev.rollcall.schedule.Schedule;
import dev.rollcall.spi.RoleCatalog;
import dev.rollcall.sync.Adoption;
import dev.rollcall.sync.Housekeeping;
import dev.rollcall.sync.Instance;
import dev.rollcall.sync.Preview;
import dev.rollcall.sync.budget.Budgets;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the web side is given.
 *
 * @param watches one for each instance that watches a directory
 * @param instances all of them
 * @param roles of the identity repository
 * @param states how they stand, for all processes
 * @param budgets how many calls targets may still be made
 * @param reloading takes changed settings
 * @param clockControl null outside a demo
 * @param maxMessageBytes the largest message taken, after unpacking
 * @param pages where the pages look things up
 * @param access who may come in
 * @param health what says how well this process is
 * @param trustedProxies whose word is taken for where a request came from, and how
 */
public record WebParts(
    Clock clock,
    EventLookup lookup,
    Links links,
    Audit audit,
    EnvironmentLock environment,
    WorkGate gate,
    EnvironmentAdoption environmentAdoption,
    MessageIntake intake,
    Requests requests,
    Lines lines,
    Sessions sessions,
    Pauses pauses,
    Holds holds,
    Consents consents,
    Preview preview,
    Adoption adoption,
    FullLoad fullLoad,
    List<DirectoryWatch> watches,
    Housekeeping housekeeping,
    Schedule schedule,
    RoleCatalog roles,
    RoleSeeding seeding,
    Resolutions resolutions,
    Findings findings,
    FindingReview review,
    AuditSearch auditSearch,
    Erasure erasure,
    List<Instance> instances,
    InstanceStates states,
    Budgets budgets,
    Reloading reloading,
    @Nullable ClockControl clockControl,
    int maxMessageBytes,
    PageParts pages,
    Access access,
    HealthParts health,
    List<Network> trustedProxies) {

  /**
   * The instance of this name.
   *
   * @throws Failures.NotFound when there is none
   */
  Instance instance(String name) {
    return instances.stream()
        .filter(known -> known.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new Failures.NotFound("There is no instance " + name));
  }

  @Override
  public String toString() {
    return "WebParts[" + instances.size() + " instances]";
  }
}
