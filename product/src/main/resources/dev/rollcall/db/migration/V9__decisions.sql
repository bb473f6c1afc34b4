-- What people decide.

create table decision (
  event      bigint      primary key,
  follow_up  bigint      not null unique,
  instance   text        not null,
  source     text        not null,
  subject    text        not null,
  account_id text,
  decided_by text        not null,
  decided_at timestamptz not null,
  why        text        not null
);
comment on table decision is 'What a person decided about a suspended event; one decision for each, the first one counts';
comment on column decision.follow_up is 'The RESOLVED event that carries it out and points here';
comment on column decision.account_id is 'The account that is the subject''s; null: a new one is to be made';
create index decision_by_subject on decision (subject, source);

-- What waits for a person to decide is looked for among all that ever did.
create index event_suspended on event (id) where status = 'SUSP';
