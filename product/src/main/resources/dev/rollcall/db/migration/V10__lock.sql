-- Where this database is at home, and what its sources call themselves.

create table environment (
  instance  text,
  fact      text        not null,
  value     text        not null,
  bound_at  timestamptz not null,
  constraint environment_once unique nulls not distinct (instance, fact)
);
comment on table environment is
  'Where the database was bound to run: a copy finds other facts there, and works nothing until somebody adopts it';
comment on column environment.instance is
  'Null for this database; else the instance of whose source the row tells (sender: the node that sent first)';
