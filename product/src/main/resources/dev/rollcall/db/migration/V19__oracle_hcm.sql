-- What was read of Oracle HCM: its people as they were told last, and the runs that read them.
-- Times are on Rollcall's clock.

create table hcm_counter (
  source text   primary key,
  number bigint not null
);
comment on table hcm_counter is
  'The last number given to a change of a source; its row is locked until what it counts is committed, so that nobody sees a number before a smaller one';

create table hcm_run (
  id          bigint generated always as identity primary key,
  source      text        not null,
  kind        text        not null check (kind in ('ACTIVE', 'LEAVERS')),
  scope       text        not null,
  effective   date        not null,
  started     timestamptz not null,
  ended       timestamptz,
  state       text        not null default 'RUNNING'
    check (state in ('RUNNING', 'COMPLETE', 'INCOMPLETE', 'FAILED')),
  read        integer     not null default 0,
  pages       integer     not null default 0,
  changed     integer     not null default 0,
  quarantined integer     not null default 0,
  said        text,
  consumed    integer     not null default 0,
  usual       integer     not null default 0,
  last_id     bigint,
  shrunk      boolean     not null default false,
  stepped     integer     not null default 0,
  check ((state = 'RUNNING') = (ended is null))
);
comment on table hcm_run is 'Each reading of all people that a source tells of';
comment on column hcm_run.scope is 'What was read but for the day, so that only like is compared with like';
comment on column hcm_run.effective is 'As of which day was read';
comment on column hcm_run.read is 'How many people, each once';
comment on column hcm_run.consumed is 'Up to which row all are staged, in the order of PersonId';
comment on column hcm_run.usual is 'So many rows came in the largest page';
comment on column hcm_run.last_id is 'The last PersonId before that row';
comment on column hcm_run.shrunk is 'Whether the last page was smaller than usual although more follows';
comment on column hcm_run.stepped is 'How often rows had moved further than the overlap';
create index hcm_run_by_source on hcm_run (source, kind, id);
create index hcm_run_ended on hcm_run (ended, id) where ended is not null;

create table hcm_quarantine (
  run       bigint      not null references hcm_run on delete cascade,
  what      text        not null,
  position  integer     not null,
  person_id text,
  reason    text        not null,
  at        timestamptz not null,
  primary key (run, what)
);
comment on table hcm_quarantine is 'Rows that could not be used in a run; each once, however often it was met';
comment on column hcm_quarantine.position is 'Where it stood among the rows of the run, from 0';
create index hcm_quarantine_by_time on hcm_quarantine (at, run, what);

create table hcm_worker (
  source     text        not null,
  person_id  text        collate "C" not null,
  record     jsonb       not null,
  number     bigint      not null,
  kind       text        not null check (kind in ('ACTIVE', 'LEAVERS')),
  run        bigint,
  first_seen timestamptz not null,
  changed_at timestamptz not null,
  primary key (source, person_id)
);
comment on table hcm_worker is 'People as they were told last';
comment on column hcm_worker.record is 'All fields known; null is known to be empty';
comment on column hcm_worker.number is 'Given when the record differed from what was known';
comment on column hcm_worker.kind is 'Whose poll tells of that';
comment on column hcm_worker.run is 'In which run they were seen last; null when only alone';
create index hcm_worker_by_number on hcm_worker (source, kind, number);
