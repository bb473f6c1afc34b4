package dev.rollcall.intake;

import dev.rollcall.audit.Audit;
import dev.rollcall.audit.AuditEntry;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.db.Database;
import dev.rollcall.link.Links;
import dev.rollcall.model.Cause;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.RoleCatalog;
import dev.rollcall.spi.RoleCatalog.Role;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the roles that a file of affiliation codes names, and looks again at everybody who waited
 * for one of them. Doing it again does no harm.
 */
public final class RoleSeeding {

  private final Database database;
  private final RoleCatalog catalog;
  private final Links links;
  private final String target;
  private final Map<String, String> instances;
  private final Requests requests;
  private final Audit audit;

  /**
   * @param target the system whose roles these are, as links name it
   * @param instances by the source whose people they work
   */
  public RoleSeeding(
      Database database,
      RoleCatalog catalog,
      Links links,
      String target,
      Map<String, String> instances,
      Requests requests,
      Audit audit) {
    this.database = database;
    this.catalog = catalog;
    this.links = links;
    this.target = target;
    this.instances = Map.copyOf(instances);
    this.requests = requests;
    this.audit = audit;
  }

  /**
   * What came of a file.
   *
   * @param created roles that were made
   * @param existing roles that there were
   * @param waiting people who waited for one of them and are looked at again
   */
  public record Seeded(int created, int existing, int waiting) {}

  /**
   * Takes a file whole or not at all.
   *
   * @param csv UTF-8, separated by commas, semicolons or tabs
   * @param by who asks
   * @throws IllegalArgumentException when it is malformed; the message names the line
   * @throws IOException when the stream breaks
   */
  public Seeded seed(InputStream csv, String by) throws IOException {
    List<Role> roles = RoleFile.read(csv);
    Seeded seeded = database.inTransaction(() -> seed(roles, by));
    if (seeded.waiting() > 0) {
      requests.wakeUp();
    }
    return seeded;
  }

  private Seeded seed(List<Role> roles, String by) {
    RoleCatalog.Seeded made = catalog.seed(roles);
    Map<String, List<SubjectKey>> waiting =
        byInstance(catalog.waiting(roles.stream().map(Role::name).toList()));
    int people = waiting.values().stream().mapToInt(List::size).sum();
    audit.append(
        List.of(
            new AuditEntry(
                AuditKind.ROLES_SEEDED,
                null,
                null,
                null,
                Map.of(
                    "by",
                    by,
                    "created",
                    made.created(),
                    "existing",
                    made.existing(),
                    "waiting",
                    people))));
    waiting.forEach((instance, subjects) ->
        requests.append(
            instance,
            subjects,
            Cause.RESYNC,
            Priority.BULK,
            by,
            "a role that was waited for has been seeded"));
    return new Seeded(made.created(), made.existing(), people);
  }

  private Map<String, List<SubjectKey>> byInstance(List<String> accounts) {
    Map<String, List<SubjectKey>> people = new LinkedHashMap<>();
    for (SubjectKey owner : links.owners(target, accounts).values()) {
      String instance = instances.get(owner.source());
      if (instance != null) {
        people.computeIfAbsent(instance, _ -> new ArrayList<>()).add(owner);
      }
    }
    return people;
  }
}
