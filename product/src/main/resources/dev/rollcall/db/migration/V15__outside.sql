-- What targets and sources outside need: where a poll stands, and the lines of requests.

create table checkpoint (
  instance text        primary key,
  position text        not null,
  at       timestamptz not null
);
comment on table checkpoint is
  'Up to where a source has told who changed; written with the events that follow from it';
comment on column checkpoint.position is 'Opaque to everybody but the source';

create table request_line (
  id          bigint generated always as identity primary key,
  instance    text        not null,
  batch       text        not null,
  line        integer     not null,
  generation  integer     not null,
  source      text        not null,
  subject     text        not null,
  action      text        not null,
  line_group  text,
  created     timestamp,
  event       bigint      not null,
  status      text        not null default 'INPR' check (status in ('INPR', 'COMP', 'WARN', 'ERR')),
  text        text,
  account_id  text,
  stored_at   timestamptz not null,
  finished_at timestamptz,
  unique (instance, batch, line, generation),
  check ((status = 'INPR') = (finished_at is null))
);
comment on table request_line is
  'The lines of requests that were taken over; a line that is set back to NEW is a new generation';
comment on column request_line.created is 'When its batch was made, on the clock of the source';
comment on column request_line.event is 'Appended for it; a later event may have worked it';
create index request_line_open on request_line (instance, subject, source) where status = 'INPR';
create index request_line_by_status on request_line (status, id);
create index request_line_by_event on request_line (event);
create index request_line_finished on request_line (finished_at, id) where finished_at is not null;
