-- Sessions of targets that take many people together. The events of a session stay claimed by its
-- row, not by a process: whoever comes by takes the next step.

create table session (
  id         bigint generated always as identity primary key,
  instance   text        not null,
  target     text        not null,
  token      uuid        not null unique,
  state      text        not null default 'READY'
             check (state in ('READY', 'OPEN', 'STARTED', 'DONE', 'FAILED', 'CANCELLED')),
  outside_id text,
  opened_ids text[]      not null default '{}',
  planned_at timestamptz not null,
  opened_at  timestamptz,
  started_at timestamptz,
  next_at    timestamptz,
  ended_at   timestamptz,
  said       text,
  unverified boolean     not null default false,
  holder     uuid,
  held_until timestamptz,
  check ((ended_at is null) = (state in ('READY', 'OPEN', 'STARTED')))
);
comment on table session is 'One session of a target that takes many people together';
comment on column session.token is 'Of the claim that its events belong to; its lease never runs out';
comment on column session.outside_id is 'What the other side calls it; null while it has none there';
comment on column session.opened_ids is 'Every one that was opened there for it, also those that were given up';
comment on column session.next_at is 'From when on the target may be given another one';
comment on column session.holder is 'The process that takes a step, on PostgreSQL''s clock';
create unique index session_open on session (target) where ended_at is null;
create index session_by_target on session (target, id);
create index session_by_end on session (ended_at, id) where ended_at is not null;

create table session_request (
  session  bigint  not null references session on delete cascade,
  number   integer not null,
  kind     text    not null check (kind in ('UPSERT', 'DELETE')),
  state    text    not null default 'READY' check (state in ('READY', 'SENDING', 'TAKEN', 'REFUSED')),
  profiles integer not null,
  bytes    integer not null,
  body     text,
  said     text,
  primary key (session, number)
);
comment on column session_request.body is 'As it is sent; null once the session has ended';
comment on column session_request.state is
  'SENDING: it may have been taken or not; then the whole session is given anew';

create table session_member (
  session    bigint  not null references session on delete cascade,
  event      bigint  not null,
  request    integer not null,
  source     text    not null,
  subject    text    not null,
  account_id text    not null,
  what       text    not null,
  behind     bigint[] not null,
  entry      json,
  origins    json,
  failed     text,
  primary key (session, event)
);
comment on column session_member.behind is 'Waiting events that are moot when this one completes';
comment on column session_member.entry is 'For the audit; null once the session has ended';
create index session_member_by_subject on session_member (subject, source);
create index session_member_by_event on session_member (event);
