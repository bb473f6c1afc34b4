-- Named jobs, each done by one process at a time and once for all of them.

create table schedule (
  job         text primary key,
  due         timestamptz not null,
  token       uuid,
  node        text,
  lease_until timestamptz,
  takeovers   integer     not null default 0,
  began_at    timestamptz,
  ended_at    timestamptz,
  outcome     text check (outcome in ('DONE', 'FAILED', 'STOPPED')),
  said        text,
  -- Who runs it is known together with how long it is believed.
  check (num_nulls(token, lease_until) in (0, 2))
);
comment on table schedule is 'When each job runs next, who runs it now, and how it ended last';
comment on column schedule.due is 'On Rollcall''s clock; while it is run, the time after this one';
comment on column schedule.token is 'The turn that is being run; null while nobody runs it';
comment on column schedule.lease_until is 'On PostgreSQL''s clock; a turn that lets it pass is lost';
comment on column schedule.takeovers is
  'How often in a row this turn was lost and taken over; a job that kills whoever runs it must not go round for ever';
comment on column schedule.outcome is 'Of the last turn that ended; STOPPED: its process was told to end';
comment on column schedule.said is 'What the last turn that ended did, or why it failed';
