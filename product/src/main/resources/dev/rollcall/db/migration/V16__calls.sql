-- Every call ever made of a target: windows and audit do not tell. The audit leaves out what was
-- only read, and a window counts a call twice whose window is not known.

alter table call_budget
  add column calls         bigint not null default 0,
  add column calls_refused bigint not null default 0;
comment on column call_budget.calls is
  'Calls that have come to an end, with an answer or without, since the bucket is known';
comment on column call_budget.calls_refused is 'Those of them that were answered with 429';
