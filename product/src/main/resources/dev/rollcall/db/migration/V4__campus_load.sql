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
