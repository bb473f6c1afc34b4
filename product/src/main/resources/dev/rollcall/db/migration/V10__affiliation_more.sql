-- What an installation maps of an affiliation beside the fields that every one has.

alter table identity_affiliation add column more jsonb not null default '{}';
comment on column identity_affiliation.more is 'Name to text; what has no value has no entry';
