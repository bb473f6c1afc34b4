create table note (
  id bigint generated always as identity primary key,
  text text not null unique
);
-- Long enough for a second process to meet the first one at work.
select pg_sleep(0.3);
