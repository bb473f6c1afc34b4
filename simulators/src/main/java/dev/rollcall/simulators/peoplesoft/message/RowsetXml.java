package dev.rollcall.simulators.peoplesoft.message;

import java.util.List;
import java.util.Set;

/**
 * Writes a message in the rowset format: FieldTypes, then the transaction with each child record
 * followed by its PSCAMA and the transaction's own, complete PSCAMA last.
 */
public final class RowsetXml {
  private static final String NAMESPACE =
      "http://xmlns.oracle.com/Enterprise/Tools/schemas/" + ConstituentSync.OPERATION;
  private static final List<String> PSCAMA_TEXT =
      List.of("LANGUAGE_CD", "AUDIT_ACTN", "BASE_LANGUAGE_CD", "MSG_SEQ_FLG");

  private final StringBuilder xml = new StringBuilder(4_096);
  private final boolean singleSpace;

  private RowsetXml(boolean singleSpace) {
    this.singleSpace = singleSpace;
  }

  /**
   * Writes one message.
   *
   * @param namespaced whether all elements are in the schema's namespace, as SOAP-exposed
   *     operations have it
   * @param singleSpace whether blank text is one space, as the database holds it
   */
  public static String write(ConstituentSync message, boolean namespaced, boolean singleSpace) {
    RowsetXml writer = new RowsetXml(singleSpace);
    writer.message(message, namespaced);
    return writer.xml.toString();
  }

  private void message(ConstituentSync message, boolean namespaced) {
    xml.append("<?xml version=\"1.0\"?><").append(ConstituentSync.NAME);
    xml.append(namespaced ? " xmlns=\"" + NAMESPACE + "\">" : ">");
    fieldTypes();
    xml.append("<MsgData><Transaction>");
    open(message.person().type());
    fields(message.person(), Set.of());
    for (SentRow sent : message.rows()) {
      open(sent.row().type());
      fields(sent.row(), sent.changed());
      close(sent.row().type());
      xml.append("<PSCAMA class=\"R\">");
      text("AUDIT_ACTN", sent.action().code());
      xml.append("</PSCAMA>");
    }
    close(message.person().type());
    rootPscama(message.root());
    xml.append("</Transaction></MsgData></").append(ConstituentSync.NAME).append('>');
  }

  private void fieldTypes() {
    xml.append("<FieldTypes>");
    for (RecordType type : RecordType.values()) {
      open(type);
      for (Field field : type.fields()) {
        fieldType(field.name(), field.type().name());
      }
      close(type);
    }
    xml.append("<PSCAMA class=\"R\">");
    PSCAMA_TEXT.forEach(name -> fieldType(name, "CHAR"));
    fieldType("PROCESS_INSTANCE", "NUMBER");
    fieldType("PUBLISH_RULE_ID", "CHAR");
    fieldType("MSGNODENAME", "CHAR");
    xml.append("</PSCAMA></FieldTypes>");
  }

  private void rootPscama(Action action) {
    xml.append("<PSCAMA class=\"R\">");
    text("LANGUAGE_CD", "ENG");
    text("AUDIT_ACTN", action.code());
    text("BASE_LANGUAGE_CD", "ENG");
    text("MSG_SEQ_FLG", "");
    text("PROCESS_INSTANCE", "0");
    text("PUBLISH_RULE_ID", "");
    text("MSGNODENAME", "");
    xml.append("</PSCAMA>");
  }

  private void fields(Row row, Set<String> changed) {
    List<Field> fields = row.type().fields();
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      String mark = changed.contains(field.name()) ? " IsChanged=\"Y\"" : "";
      // Only text is padded to a space: a missing date is a real NULL.
      boolean padded = singleSpace && field.type() == Field.Type.CHAR;
      element(field.name(), mark, row.values().get(i), padded);
    }
  }

  private void text(String name, String value) {
    element(name, "", value, singleSpace);
  }

  private void element(String name, String mark, String value, boolean padded) {
    String shown = value.isEmpty() && padded ? " " : value;
    xml.append('<').append(name).append(mark);
    if (shown.isEmpty()) {
      xml.append("/>");
      return;
    }
    xml.append('>');
    for (int i = 0; i < shown.length(); i++) {
      escape(shown.charAt(i));
    }
    xml.append("</").append(name).append('>');
  }

  private void escape(char c) {
    switch (c) {
      case '&' -> xml.append("&amp;");
      case '<' -> xml.append("&lt;");
      case '>' -> xml.append("&gt;");
      case '\'' -> xml.append("&apos;");
      case '"' -> xml.append("&quot;");
      default -> xml.append(c);
    }
  }

  private void fieldType(String name, String type) {
    xml.append('<').append(name).append(" type=\"").append(type).append("\"/>");
  }

  private void open(RecordType type) {
    xml.append('<').append(type.name()).append(" class=\"R\">");
  }

  private void close(RecordType type) {
    xml.append("</").append(type.name()).append('>');
  }
}
