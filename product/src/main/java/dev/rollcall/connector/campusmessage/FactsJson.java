package dev.rollcall.connector.campusmessage;

import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.Value;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The one document a person's facts are kept in: records by name, each with its rows. {@code null}
 * is a field known to be empty; {@code complete} and {@code deleted} are written only when true.
 */
final class FactsJson {
  private static final JsonFactory JSON = new JsonFactory();

  private FactsJson() {}

  /** The document that {@link #read} reads. */
  static String write(Map<String, RecordFacts> records) {
    StringWriter text = new StringWriter(2048);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      records.forEach((name, record) -> write(json, name, record));
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, String name, RecordFacts record) {
    json.writeObjectPropertyStart(name);
    if (record.complete()) {
      json.writeBooleanProperty("complete", true);
    }
    json.writeArrayPropertyStart("rows");
    record.rows().forEach(row -> write(json, row));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Row row) {
    json.writeStartObject();
    json.writeNumberProperty("version", row.version());
    if (row.deleted()) {
      json.writeBooleanProperty("deleted", true);
    }
    json.writeObjectPropertyStart("fields");
    row.fields()
        .forEach((field, value) -> {
          switch (value) {
            case Value.Text(String text) -> json.writeStringProperty(field, text);
            case Value.Cleared() -> json.writeNullProperty(field);
          }
        });
    json.writeEndObject();
    json.writeEndObject();
  }

  /** The records in a document that {@link #write} wrote, its members in any order. */
  static Map<String, RecordFacts> read(String text) {
    Map<String, RecordFacts> records = new HashMap<>();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      json.nextToken();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        records.put(name, readRecord(json));
      }
    }
    return records;
  }

  private static RecordFacts readRecord(JsonParser json) {
    boolean complete = false;
    List<Row> rows = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String member = json.currentName();
      json.nextToken();
      switch (member) {
        case "complete" -> complete = json.getBooleanValue();
        case "rows" -> {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            rows.add(readRow(json));
          }
        }
        default -> throw unknown(member);
      }
    }
    return new RecordFacts(complete, rows);
  }

  private static Row readRow(JsonParser json) {
    long version = 0;
    boolean deleted = false;
    Map<String, Value> fields = new HashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String member = json.currentName();
      json.nextToken();
      switch (member) {
        case "version" -> version = json.getLongValue();
        case "deleted" -> deleted = json.getBooleanValue();
        case "fields" -> readFields(json, fields);
        default -> throw unknown(member);
      }
    }
    return new Row(fields, version, deleted);
  }

  private static void readFields(JsonParser json, Map<String, Value> fields) {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      fields.put(
          field,
          json.nextToken() == JsonToken.VALUE_NULL
              ? new Value.Cleared()
              : new Value.Text(json.getString()));
    }
  }

  /** A newer Rollcall wrote more than this one understands: reading on would lose it. */
  private static IllegalStateException unknown(String member) {
    return new IllegalStateException("unknown member " + member + " in a person's facts");
  }
}
