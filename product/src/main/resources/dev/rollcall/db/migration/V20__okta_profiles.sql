-- What Okta's identity sources were given: they cannot be read, so what was accepted is kept here.

create table okta_profile (
  id           bigint generated always as identity primary key,
  source       text        not null,
  external_id  text        not null,
  login        text,
  profile      jsonb       not null,
  deleted      boolean     not null,
  accepted_at  timestamptz not null,
  constraint okta_profile_once unique (source, external_id)
);
comment on table okta_profile is 'The profiles as an identity source was last given them, and it did not refuse them';
comment on column okta_profile.source is 'The tenant''s host, a slash, the id of the Custom Identity Source app';
comment on column okta_profile.login is 'The userName as Okta compares it; null when nothing of the profile is kept';
comment on column okta_profile.profile is 'Name to text; an attribute without a value has no entry';
comment on column okta_profile.deleted is 'Deactivated there; the profile is kept for when the person comes back';
create index okta_profile_by_login on okta_profile (source, login);
create index okta_profile_deleted on okta_profile (accepted_at, id)
  where deleted and profile <> '{}'::jsonb;

create table okta_given (
  source       text        not null,
  session      text        not null,
  external_id  text        not null,
  login        text        not null,
  primary key (source, session, external_id)
);
comment on table okta_given is
  'Under which login a session was given somebody, until it is known what became of it: Okta''s log may name only that';
create index okta_given_by_login on okta_given (source, login);
create index okta_given_by_id on okta_given (source, external_id);
