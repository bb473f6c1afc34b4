-- Full publications of PeopleSoft Campus.

create table campus_load (
  -- Of the same numbers as messages: a row of a person's facts names either as its version.
  id bigint primary key default nextval(pg_get_serial_sequence('campus_message', 'id')),
  instance text not null,
  message_name text not null,
  file text not null,
  as_of timestamptz not null,
  begun_at timestamptz not null default now()
);
comment on table campus_load is 'Files that were loaded; as_of is when their images were true. A line for each file, kept for ever: '
  'people''s facts name it';
comment on column campus_load.message_name is
  'Decides, as that of a message, which tables are in force for whom this load told of last.';

create table campus_image (
  instance text not null,
  emplid text not null,
  hash text not null,
  as_of timestamptz not null,
  message_id bigint not null,
  primary key (instance, emplid)
) with (fillfactor = 70);
comment on table campus_image is
  'The image a person was last loaded with. message_id is what the facts came from then: while it '
  'is still applied_message_id of campus_person, the same image says nothing new.';

-- Few events end badly; a load asks for each of its people whether theirs did.
create index event_ended_badly on event (subject, instance) where status in ('ERR', 'SUSP');

create table watched_directory (
  instance text primary key,
  looked_at timestamptz not null,
  trouble text
);
comment on table watched_directory is 'The last look at the directory an instance watches';
comment on column watched_directory.trouble is 'What went wrong at it; null when nothing did';

create table watched_file (
  instance text not null,
  name text not null,
  size bigint not null,
  modified_at timestamptz not null,
  state text not null check (state in ('SEEN', 'KEPT', 'TAKEN')),
  since timestamptz not null,
  reason text,
  primary key (instance, name),
  check ((reason is not null) = (state = 'KEPT'))
);
comment on table watched_file is
  'The files that lay in a watched directory at the last look. SEEN: waits until nobody writes into '
  'it any more. KEPT: something in it could not be taken in; tried again when it changes. TAKEN: '
  'only has to be moved away.';
comment on column watched_file.since is 'When it first looked as it does, on Rollcall''s clock';
