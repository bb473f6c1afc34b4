-- How many calls each bucket of a target may still be made: one row for all processes.
-- Times are on PostgreSQL's own clock, but for two: resets is on the other side's, opened_at of
-- call_window on Rollcall's.

create table call_budget (
  target             text        not null,
  bucket             text        not null,
  version            bigint      not null default 0,
  reserve            double precision,
  org_limit          integer,
  cap                integer,
  factor             double precision not null default 1,
  lowered_at         timestamptz,
  last_resets        timestamptz,
  began              timestamptz,
  ends               timestamptz,
  resets             timestamptz,
  used               integer     not null default 0,
  remaining          integer,
  unanswered         integer     not null default 0,
  unanswered_before  integer     not null default 0,
  refused            integer     not null default 0,
  stopped            boolean     not null default false,
  stopped_until      timestamptz,
  next_leaver        timestamptz not null default 'epoch',
  next_interactive   timestamptz not null default 'epoch',
  next_normal        timestamptz not null default 'epoch',
  next_bulk          timestamptz not null default 'epoch',
  primary key (target, bucket)
) with (fillfactor = 30); -- written with every call, in place
comment on table call_budget is 'What is known of each bucket of a target, and what all processes together have taken of it';
comment on column call_budget.version is 'Goes up with each change: whoever has thought about an older one thinks again';
comment on column call_budget.reserve is 'The part of the org limit kept for others, as set when it was last used';
comment on column call_budget.org_limit is 'Calls a window of the whole org, as set when it was last used; null when it is not set';
comment on column call_budget.cap is 'Calls a window for our credential, as answers say; null before the first';
comment on column call_budget.factor is 'How much of what is permitted was left when others were last found drawing on the bucket';
comment on column call_budget.last_resets is 'End of the last window an answer told of, on the other side''s clock';
comment on column call_budget.ends is 'Not before this the next window begins';
comment on column call_budget.resets is 'End of this window on the other side''s clock; null until an answer tells it';
comment on column call_budget.used is 'Permits of this window, and those of the one before whose calls may still count in it';
comment on column call_budget.unanswered is 'Permits of this window whose calls have not come to an end';
comment on column call_budget.unanswered_before is 'The same of the window before';
comment on column call_budget.next_leaver is 'When the next call of this priority may be made';

create table call_window (
  target     text        not null,
  bucket     text        not null,
  opened_at  timestamptz not null,
  permitted  integer     not null,
  used       integer     not null,
  refused    integer     not null,
  primary key (target, bucket, opened_at)
);
comment on table call_window is 'Windows that are over, for charts and forecasts; kept for 35 days';
