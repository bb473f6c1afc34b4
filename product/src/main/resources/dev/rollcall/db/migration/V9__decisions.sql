-- What people decide.

create table decision (
  event      bigint      primary key,
  follow_up  bigint      not null unique,
  instance   text        not null,
  source     text        not null,
  subject    text        not null,
  account_id text,
  decided_by text        not null,
  decided_at timestamptz not null,
  why        text        not null
);
comment on table decision is 'What a person decided about a suspended event; one decision for each, the first one counts';
comment on column decision.follow_up is 'The RESOLVED event that carries it out and points here';
comment on column decision.account_id is 'The account that is the subject''s; null: a new one is to be made';
create index decision_by_subject on decision (subject, source);

-- What waits for a person to decide is looked for among all that ever did.
create index event_suspended on event (id) where status = 'SUSP';

-- What a person should look at, until somebody has or it is over.

create table finding (
  id         bigint generated always as identity primary key,
  kind       text        not null,
  instance   text        not null,
  source     text        not null,
  subject    text        not null,
  text       text        not null,
  event      bigint,
  since      timestamptz not null,
  last_seen  timestamptz not null,
  seen       bigint      not null default 1,
  until      timestamptz,
  done_at    timestamptz,
  done_by    text,
  done_why   text,
  check (num_nulls(done_at, done_by, done_why) in (0, 3)),
  -- One finding for each kind of each subject; found also when a claim asks for its subjects.
  constraint finding_once unique (instance, subject, source, kind)
);
comment on table finding is 'Removed when what was found is over; marked as done when a person has looked at it';
comment on column finding.until is 'Over by itself at this time; null when only another look can tell';
comment on column finding.done_at is 'Set while a person has looked at what it says; when it says something else, it is open again';
create index finding_open on finding (id) where done_at is null;
