create table campus_message (
  id bigint generated always as identity primary key,
  instance text not null,
  emplid text not null,
  message_name text not null,
  transaction_id text,
  orig_timestamp timestamptz,
  arrived_at timestamptz not null,
  root_action text not null check (root_action in ('ADD', 'CHANGE', 'DELETE')),
  state text not null check (state in ('APPLIED', 'OLDER')),
  content_hash text not null,
  repeats integer not null default 0,
  last_repeat_at timestamptz,
  headers jsonb not null,
  raw bytea
);

-- One publication has one effect, whoever it is about and however many connections bring it.
create unique index campus_message_transaction on campus_message (instance, transaction_id)
  where transaction_id is not null;

create index campus_message_person on campus_message (instance, emplid, orig_timestamp);

-- For housekeeping: what still has its text, and what arrived when.
create index campus_message_raw on campus_message (arrived_at, id) where raw is not null;
create index campus_message_arrived on campus_message (arrived_at, id);

comment on table campus_message is
  'Messages of PeopleSoft Campus as they came. Only repeats and last_repeat_at ever change, until '
  'housekeeping empties raw (keep.messages) and at last removes the row (keep.events), unless it '
  'is needed to know what is in force for a person or whether a message came before.';
comment on column campus_message.raw is 'Null when it was older than keep.messages.';
comment on column campus_message.transaction_id is
  'The sender''s id for the publication; null when it sent none.';
comment on column campus_message.orig_timestamp is
  'When the sender published it; null when it did not say, then arrived_at counts.';
comment on column campus_message.state is
  'APPLIED: its facts went into campus_person. OLDER: a newer message had been applied before.';
comment on column campus_message.content_hash is 'SHA-256 of raw as it came.';
comment on column campus_message.headers is
  'What a replay needs beside raw: the operation, the timestamp, the id; never credentials.';

create table campus_person (
  instance text not null,
  emplid text not null,
  standing text check (standing in ('ADDED', 'NEVER_ADDED', 'DELETED')),
  facts json not null default '{}',
  applied_timestamp timestamptz,
  applied_message_id bigint,
  applied_hash text,
  primary key (instance, emplid),
  -- Without a standing the row only keeps a place to lock.
  check (num_nulls(standing, applied_timestamp, applied_message_id, applied_hash) in (0, 4))
) with (fillfactor = 70);

comment on table campus_person is
  'What the applied messages say of each person: one document of records and rows. The row is what '
  'two messages about one person wait for.';
comment on column campus_person.standing is
  'Null while nothing was applied; such a row only keeps the place.';
comment on column campus_person.facts is
  'Records by name; a row''s version is the campus_message that touched it last; null is known to '
  'be empty.';
