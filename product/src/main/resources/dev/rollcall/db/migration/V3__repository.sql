-- The built-in identity repository.

create table identity (
  id          bigint generated always as identity primary key,
  login       text        not null,
  status      text        not null,
  attributes  jsonb       not null,
  created_at  timestamptz not null,
  changed_at  timestamptz not null,
  constraint identity_login_once unique (login)
);
comment on table identity is 'One person as Rollcall presents them';
comment on column identity.attributes is 'Name to text; an attribute without a value has no entry';

create table identity_affiliation (
  identity     bigint  not null,
  institution  text    not null,
  code         text    not null,
  from_date    date,
  to_date      date,
  status       text,
  description  text,
  enabled      boolean not null,
  more         jsonb   not null default '{}',
  constraint identity_affiliation_once
    unique nulls not distinct (identity, institution, code, from_date)
);
-- No foreign key: it would look for each row by itself, which is a tenth of what a full load costs.
-- Rows are inserted by joining identity, and identities are never removed.
comment on table identity_affiliation is 'Affiliations of an identity; one that is over or gone stays, disabled';
comment on column identity_affiliation.more is
  'What an installation maps beside the fields that every one has: name to text; what has no value has no entry';

create table role (
  id           bigint generated always as identity primary key,
  name         text        not null,
  description  text,
  created_at   timestamptz not null,
  created_by   text        not null check (created_by in ('seed', 'on the fly')),
  constraint role_name_once unique (name)
);
comment on table role is 'One for each affiliation code, whatever institution or instance it comes from';

create table identity_role (
  identity  bigint      not null,
  role      bigint      not null,
  since     timestamptz not null,
  primary key (identity, role)
);
-- No foreign keys, as above: rows are inserted by joining both, and roles are never removed either.
comment on table identity_role is 'Held while any affiliation of the role''s code is enabled';
