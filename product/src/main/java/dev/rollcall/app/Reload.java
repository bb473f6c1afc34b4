package dev.rollcall.app;

import dev.rollcall.app.log.Logging;
import dev.rollcall.config.HcmRouteSettings;
import dev.rollcall.config.HrSettings;
import dev.rollcall.config.InvalidSettings;
import dev.rollcall.config.Problem;
import dev.rollcall.config.Settings;
import dev.rollcall.config.Settings.InstanceSettings;
import dev.rollcall.connector.repository.RepositoryTarget;
import dev.rollcall.intake.DirectoryWatch;
import dev.rollcall.intake.Publisher;
import dev.rollcall.intake.Receiver;
import dev.rollcall.plan.Planner;
import dev.rollcall.sync.Instance;
import dev.rollcall.web.Reloading;
import dev.rollcall.web.SettingShown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Takes changed settings into the running process, whole or not at all: everything is read, checked
 * and made first, then put in force instance by instance. Other processes on the same database are
 * asked for themselves.
 */
final class Reload implements Reloading {

  private final Supplier<Settings> reader;
  private final Parts parts;
  private Settings running;

  /**
   * @param reader reads the file again
   * @param running what the process was started with
   */
  Reload(Supplier<Settings> reader, Settings running, Parts parts) {
    this.reader = reader;
    this.running = running;
    this.parts = parts;
  }

  @Override
  public synchronized List<String> reload() {
    Settings fresh = read();
    List<String> fixed = needRestart(running, fresh);
    if (!fixed.isEmpty()) {
      throw new Refused(
          fixed.stream()
              .map(what -> what + " cannot be changed without a restart; nothing was changed")
              .toList());
    }
    Map<String, InstanceSettings> byName =
        fresh.instances().stream().collect(Collectors.toMap(InstanceSettings::name, one -> one));
    Map<Instance, Planner> planners = new HashMap<>();
    Map<RepositoryTarget, Boolean> targets = new HashMap<>();
    List<Receiver> receivers = new ArrayList<>();
    List<Publisher> publishers = new ArrayList<>();
    for (Instance instance : parts.instances()) {
      if (instance.elsewhere()) {
        continue;
      }
      InstanceSettings settings = Objects.requireNonNull(byName.get(instance.name()));
      planners.put(instance, Parts.planner(settings));
      receivers.add(Parts.receiver(parts.database(), fresh, settings));
      publishers.add(Parts.publisher(parts.database(), fresh, settings));
      if (instance.target() instanceof RepositoryTarget target) {
        targets.put(target, settings.rolesOnTheFly());
        if (settings.matchAlso() != null) {
          target.searchableBy(settings.matchAlso());
        }
      }
    }
    planners.forEach((instance, planner) -> instance.current().replace(planner));
    targets.forEach(RepositoryTarget::rolesOnTheFly);
    parts.guard().replace(Parts.limits(fresh));
    parts.sources().replaceNames(Parts.environments(fresh, parts.hr(), parts.hcm()));
    parts.intake().replaceReceivers(receivers);
    parts.fullLoad().replacePublishers(publishers);
    parts.watches().forEach(DirectoryWatch::tryKeptAgain);
    parts.housekeeping().replaceKeep(Parts.keep(fresh));
    Logging.start(fresh.log());
    running = fresh;
    return parts.instances().stream().map(Instance::name).toList();
  }

  /** What is in force, as people may see it. */
  synchronized List<SettingShown> shown() {
    return running.told().stream()
        .map(one ->
            new SettingShown(one.setting(), one.value(), one.file(), one.line(), one.variable()))
        .toList();
  }

  private Settings read() {
    try {
      return reader.get();
    } catch (InvalidSettings wrong) {
      throw new Refused(wrong.problems().stream().map(Problem::toString).toList());
    }
  }

  /** What differs although it is part of what runs: threads, ports, connections, who is who. */
  private static List<String> needRestart(Settings before, Settings after) {
    Map<String, Boolean> same = new HashMap<>();
    same.put("database", before.database().equals(after.database()));
    same.put("http", before.http().equals(after.http()));
    same.put("signIn", before.signIn().equals(after.signIn()));
    same.put("listener", before.listener().equals(after.listener()));
    same.put("engine", before.engine().equals(after.engine()));
    same.put("demo", before.demo() == after.demo());
    same.put("simulators", before.simulators().equals(after.simulators()));
    Map<String, InstanceSettings> instances =
        after.instances().stream().collect(Collectors.toMap(InstanceSettings::name, one -> one));
    Set<String> names = new LinkedHashSet<>(instances.keySet());
    for (InstanceSettings one : before.instances()) {
      InstanceSettings other = instances.get(one.name());
      same.put("instances." + one.name(), other != null);
      if (other != null) {
        String path = "instances." + one.name();
        same.put(path + ".source", one.source().equals(other.source()));
        same.put(path + ".state", one.state() == other.state());
        same.put(path + ".timeZone", one.zone().equals(other.zone()));
        same.put(path + ".watch", Objects.equals(one.watch(), other.watch()));
      }
      names.remove(one.name());
    }
    names.forEach(name -> same.put("instances." + name, false));
    Map<String, HrSettings> hr =
        after.hr().stream().collect(Collectors.toMap(HrSettings::name, one -> one));
    for (HrSettings one : before.hr()) {
      HrSettings other = hr.remove(one.name());
      same.put("instances." + one.name(), other != null && one.same(other));
    }
    hr.keySet().forEach(name -> same.put("instances." + name, false));
    Map<String, HcmRouteSettings> hcm =
        after.hcm().stream().collect(Collectors.toMap(HcmRouteSettings::name, one -> one));
    for (HcmRouteSettings one : before.hcm()) {
      HcmRouteSettings other = hcm.remove(one.name());
      same.put("instances." + one.name(), other != null && one.same(other));
    }
    hcm.keySet().forEach(name -> same.put("instances." + name, false));
    return same.keySet().stream()
        .filter(what -> Boolean.FALSE.equals(same.get(what)))
        .sorted()
        .toList();
  }
}
