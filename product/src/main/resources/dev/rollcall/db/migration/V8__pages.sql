-- What the pages ask for, fast at a million events and a hundred thousand people.

-- Newest first by instance, cause and status. Both are partial, so that an event is put into each
-- of them once and not again with every step of its way.
create index event_open on event (instance, cause, id) where status = 'NEW';
create index event_ended on event (instance, cause, status, id) where finished_at is not null;
-- Failed before and waiting to be tried again: never many.
create index event_retrying on event (instance, due) where status = 'NEW' and error is not null;

-- Ids are searched by their beginning, which an index in the order of a language cannot do.
create index link_by_subject_begin on link (subject text_pattern_ops);

-- How people's names are compared: in small letters, without accents, quotes or punctuation that
-- stands between words.
create function search_plain(text) returns text
language sql immutable parallel safe
return translate(
  regexp_replace(normalize(lower($1), NFKD), '[\u0300-\u036f\u064b-\u065f''’`´]', '', 'g'),
  E',;()"\\\t\n\r', '         ');
comment on function search_plain is 'A text as it is searched: words with single or several blanks between them';

-- What an identity is found by. Only what is named here, because attributes may hold national ids.
create function identity_words(login text, attributes jsonb) returns tsvector
language sql immutable parallel safe
return array_to_tsvector(array_remove(string_to_array(search_plain(
  concat_ws(' ', login,
    attributes ->> 'first_name', attributes ->> 'last_name', attributes ->> 'email',
    attributes ->> 'campus_id',
    -- Both parts of a double name are found, as is the whole.
    replace(attributes ->> 'first_name', '-', ' '), replace(attributes ->> 'last_name', '-', ' '))),
  ' '), ''));
create index identity_by_words on identity using gin (identity_words(login, attributes));

-- What was worked, by minute: charts would have to count too many events.
create table event_tally (
  minute        timestamptz not null,
  instance      text        not null,
  status        text        not null,
  events        bigint      not null,
  longest_wait  bigint      not null,
  primary key (minute, instance, status)
);
comment on table event_tally is 'Finished events by the minute in which they were; counted again and again by the job tally';
comment on column event_tally.longest_wait is 'Seconds from when the event was due until it was finished; of the one that waited longest';
create table event_tally_until (
  only_row  boolean primary key default true check (only_row),
  until     timestamptz not null
);
comment on table event_tally_until is 'Up to when event_tally has counted, on Rollcall''s clock';
