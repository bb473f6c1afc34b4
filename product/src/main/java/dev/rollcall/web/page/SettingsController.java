package dev.rollcall.web.page;

import dev.rollcall.web.SettingShown;
import dev.rollcall.web.WebParts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What is set, where, and what holds because nobody set anything else; only to look at. */
@Controller("settingsPage")
final class SettingsController {

  /** Set for each message only where it differs from what is set for both. */
  private static final String MESSAGES = ".messages.";

  private static final String INSTANCES = "instances.";

  private final WebParts parts;

  SettingsController(WebParts parts) {
    this.parts = parts;
  }

  /**
   * A setting within its group.
   *
   * @param name without the group's
   */
  record Row(String name, SettingShown setting) {}

  /** Settings whose names begin alike. */
  record Group(String name, List<Row> rows) {}

  @GetMapping("/settings")
  String show(Model model) {
    Map<String, List<Row>> groups = new LinkedHashMap<>();
    for (SettingShown one : parts.pages().settings().get()) {
      if (!one.isDefault() || !one.name().contains(MESSAGES)) {
        String group = group(one.name());
        String rest =
            one.name().length() > group.length() ? one.name().substring(group.length() + 1) : "";
        groups
            .computeIfAbsent(group, _ -> new ArrayList<>())
            .add(new Row(rest.isEmpty() ? one.name() : rest, one));
      }
    }
    model.addAttribute(
        "groups",
        groups.entrySet().stream()
            .map(group -> new Group(group.getKey(), group.getValue()))
            .toList());
    return "settings";
  }

  /** The first part of the name, of an instance's settings the first two. */
  private static String group(String name) {
    int from = name.startsWith(INSTANCES) ? INSTANCES.length() : 0;
    int end = name.indexOf('.', from);
    return end < 0 ? name : name.substring(0, end);
  }
}
