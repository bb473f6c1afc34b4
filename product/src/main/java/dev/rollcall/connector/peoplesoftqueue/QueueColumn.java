package dev.rollcall.connector.peoplesoftqueue;

/** The columns of the queue and what belongs to it, by the names of the source document. */
public enum QueueColumn {
  CHG_BATCH_ID,
  CHG_BATCH_STATUS,
  CREATED_DTTM,
  LASTUPDDTTM,
  LINE_NBR,
  OPRID,
  CHG_LINE_ACTION,
  CHG_LINE_STATUS,
  ERROR_MSG,
  CHG_OKTA_ID,
  CHG_OKTA_LOGIN_ID,
  CHG_IDP_UTYPE,
  CHG_LOGIN_FORMAT,
  CHG_EMAIL_TYPES,
  CHG_SYNC_PHONE,
  CHG_INIT_STATE,
  CHG_GROUPS,
  CHG_PRECEDENCE
}
