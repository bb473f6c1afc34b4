-- Who may come in, and what they may do.

create table rollcall_user (
  name            text        primary key check (name = lower(name)),
  password        text,
  role            text        not null check (role in ('viewer', 'operator', 'admin')),
  national_ids    boolean     not null,
  disabled        boolean     not null default false,
  must_change     boolean     not null,
  epoch           integer     not null default 0,
  created         timestamptz not null,
  last_sign_in    timestamptz
);
comment on table rollcall_user is 'People who may sign in';
comment on column rollcall_user.password is 'Hashed, with the method before it; null for somebody who comes in by another door';
comment on column rollcall_user.national_ids is 'Whether national ids may be seen: a right beside the role';
comment on column rollcall_user.epoch is 'Counts what ends all sessions: another password or role, being disabled';

create table user_session (
  secret_hash  bytea       primary key,
  user_name    text        not null references rollcall_user on delete cascade,
  epoch        integer     not null,
  began        timestamptz not null,
  last_seen    timestamptz not null
);
comment on table user_session is 'Who is signed in, on every process of this database';
comment on column user_session.secret_hash is 'SHA-256 of what the cookie holds';
comment on column user_session.epoch is 'The user''s when it began; a session of another epoch is over';
create index user_session_by_age on user_session (last_seen);

create table sign_in_attempt (
  id         bigint generated always as identity primary key,
  at         timestamptz not null,
  name_hash  bytea       not null,
  address    text        not null
);
comment on table sign_in_attempt is 'Attempts to sign in that have not succeeded, for as long as they count';
comment on column sign_in_attempt.name_hash is 'SHA-256 of the name as given: people type passwords there';
create index sign_in_attempt_by_name on sign_in_attempt (name_hash, at);
create index sign_in_attempt_by_address on sign_in_attempt (address, at);
create index sign_in_attempt_by_age on sign_in_attempt (at);

create table api_token (
  id            bigint generated always as identity primary key,
  name          text        not null,
  secret_hash   bytea       not null unique,
  role          text        not null check (role in ('viewer', 'operator', 'admin')),
  national_ids  boolean     not null,
  created       timestamptz not null,
  created_by    text        not null,
  expires       timestamptz,
  last_used     timestamptz,
  revoked       timestamptz
);
comment on table api_token is 'What programs come in with; the token itself is shown once and kept nowhere';
create unique index api_token_name on api_token (name) where revoked is null;
