package dev.rollcall.simulators.peoplesoft.hr;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables, as PeopleSoft has them: no nulls but in dates, a blank means nothing. */
final class HrTables {
  private static final String CREATE =
      """
      create table if not exists PSOPRDEFN (OPRID varchar(30) not null primary key,
        EMPLID varchar(11) not null, ACCTLOCK smallint not null default 0, LASTUPDDTTM timestamp);
      create index if not exists PSAPSOPRDEFN on PSOPRDEFN (LASTUPDDTTM);
      create index if not exists PSBPSOPRDEFN on PSOPRDEFN (EMPLID);
      create table if not exists PS_NAMES (EMPLID varchar(11) not null, NAME_TYPE varchar(3) not null,
        EFFDT date not null, EFF_STATUS varchar(1) not null, NAME varchar(200) not null,
        FIRST_NAME varchar(100) not null, MIDDLE_NAME varchar(100) not null,
        LAST_NAME varchar(100) not null, primary key (EMPLID, NAME_TYPE, EFFDT));
      create table if not exists PS_EMAIL_ADDRESSES (EMPLID varchar(11) not null,
        E_ADDR_TYPE varchar(4) not null, EMAIL_ADDR varchar(70) not null,
        PREF_EMAIL_FLAG varchar(1) not null, primary key (EMPLID, E_ADDR_TYPE));
      create table if not exists PS_PERSONAL_PHONE (EMPLID varchar(11) not null,
        PHONE_TYPE varchar(4) not null, PHONE varchar(24) not null,
        PREF_PHONE_FLAG varchar(1) not null, primary key (EMPLID, PHONE_TYPE));
      create table if not exists PS_JOB (EMPLID varchar(11) not null, EMPL_RCD smallint not null,
        EFFDT date not null, EFFSEQ smallint not null, PER_ORG varchar(3) not null,
        HR_STATUS varchar(1) not null, EMPL_STATUS varchar(1) not null, ACTION varchar(3) not null,
        primary key (EMPLID, EMPL_RCD, EFFDT, EFFSEQ));
      create table if not exists PS_SCC_AFL_PERSON (EMPLID varchar(11) not null,
        INSTITUTION varchar(5) not null, SCC_AFL_CODE varchar(20) not null,
        SCC_AFL_STATUS varchar(1) not null, START_DT date, END_DT date,
        primary key (EMPLID, INSTITUTION, SCC_AFL_CODE));
      create table if not exists PS_CHG_OK_REQ_HDR (CHG_BATCH_ID varchar(30) not null primary key,
        CHG_BATCH_STATUS varchar(4) not null, CREATED_DTTM timestamp, LASTUPDDTTM timestamp);
      create table if not exists PS_CHG_OK_REQ_DTL (CHG_BATCH_ID varchar(30) not null,
        LINE_NBR integer not null, OPRID varchar(30) not null, CHG_LINE_ACTION varchar(4) not null,
        CHG_LINE_STATUS varchar(4) not null, ERROR_MSG varchar(4000) not null,
        CHG_OKTA_ID varchar(20) not null, CHG_GROUP varchar(254) not null,
        primary key (CHG_BATCH_ID, LINE_NBR));
      create index if not exists PSACHG_OK_REQ_DTL
        on PS_CHG_OK_REQ_DTL (CHG_LINE_STATUS, CHG_BATCH_ID, LINE_NBR);
      create table if not exists PS_CHG_OPR_OKTA_ID (OPRID varchar(30) not null primary key,
        CHG_IDP_UTYPE varchar(20) not null, CHG_OKTA_ID varchar(20) not null,
        CHG_OKTA_LOGIN_ID varchar(100) not null, LASTUPDDTTM timestamp);
      create table if not exists PS_CHG_IDP_UTYPE (CHG_IDP_UTYPE varchar(20) not null primary key,
        CHG_LOGIN_FORMAT varchar(100) not null, CHG_EMAIL_TYPES varchar(50) not null,
        CHG_SYNC_PHONE varchar(1) not null, CHG_INIT_STATE varchar(6) not null,
        CHG_GROUPS varchar(254) not null, CHG_PRECEDENCE integer not null);
      create or replace view PS_CHG_OK_CHANGED_VW as
        select o.OPRID, o.EMPLID, o.LASTUPDDTTM as CHANGED,
          case when exists (select 1 from PS_SCC_AFL_PERSON a where a.EMPLID = o.EMPLID
            and a.SCC_AFL_STATUS = 'A') then 'N' else 'Y' end as LEAVER
        from PSOPRDEFN o;
      create table if not exists SIM_HR_TRUTH (OPRID varchar(30) not null primary key,
        TRUTH text not null);
      """;

  private static final List<String> TABLES =
      List.of(
          "PSOPRDEFN",
          "PS_NAMES",
          "PS_EMAIL_ADDRESSES",
          "PS_PERSONAL_PHONE",
          "PS_JOB",
          "PS_SCC_AFL_PERSON",
          "PS_CHG_OK_REQ_HDR",
          "PS_CHG_OK_REQ_DTL",
          "PS_CHG_OPR_OKTA_ID",
          "PS_CHG_IDP_UTYPE",
          "SIM_HR_TRUTH");

  private HrTables() {}

  /** Makes what is missing, and the identity types. */
  static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(CREATE);
    }
    try (PreparedStatement row =
        connection.prepareStatement(
            "insert into PS_CHG_IDP_UTYPE values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing")) {
      for (IdentityType type : IdentityType.ALL) {
        row.setString(1, type.code());
        row.setString(2, type.loginFormat());
        row.setString(3, String.join(",", type.emailTypes()));
        row.setString(4, type.phone() ? "Y" : "N");
        row.setString(5, type.initialState());
        row.setString(6, type.group());
        row.setInt(7, type.precedence());
        row.addBatch();
      }
      row.executeBatch();
    }
  }

  static void empty(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("truncate " + String.join(", ", TABLES));
    }
    create(connection);
  }
}
