-- The engine: events, claims, links, audit, the clock's offset.
-- Leases run on PostgreSQL's own clock (clock_timestamp()); everything named due, at, appended or
-- finished is on Rollcall's clock and passed in.

create table event (
  id           bigint generated always as identity primary key,
  instance     text        not null,
  source       text        not null,
  subject      text        not null,
  cause        text        not null,
  priority     smallint    not null,
  status       text        not null,
  attempt      integer     not null default 0,
  due          timestamptz not null,
  parent       bigint,
  appended_at  timestamptz not null,
  finished_at  timestamptz,
  reason       text,
  error        text,
  token        uuid
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
comment on table event is 'The only hand-over between the side that notices and the side that acts; a finished row never changes';
comment on column event.parent is 'The event it follows up, which housekeeping may have removed since';
comment on column event.token is 'The claim that works the row; null unless status is QUE';

-- Never two of one subject at once: held here, not by hope.
create unique index event_queued_once on event (instance, subject, source) where status = 'QUE';
create index event_claimable on event (instance, priority, due, id) where status = 'NEW';
create index event_waiting on event (instance, subject, source) where status = 'NEW';
create index event_by_claim on event (token) where status = 'QUE';
create index event_by_subject on event (subject, id);
create index event_by_parent on event (parent) where parent is not null;
-- Housekeeping goes over what has ended in that order: what follows an event comes after it.
create index event_by_end on event (finished_at, id) where finished_at is not null;

create table claim (
  token       uuid primary key,
  instance    text        not null,
  node        text        not null,
  claimed_at  timestamptz not null default clock_timestamp(),
  lease_until timestamptz not null
);
comment on table claim is 'Events being worked together by one process, and until when it is believed to be alive';

-- Claims are taken one at a time per instance, so that two can never pick different events of one
-- subject. It is one call, so that a process stopped in the middle cannot hold the lock: the server
-- carries it to its end without the caller.
create function claim_events(
  p_instance text, p_now timestamptz, p_limit integer, p_token uuid, p_node text, p_lease interval)
returns setof event
language plpgsql
-- The table is empty when plans are first made and huge later; only the partial indexes are right.
set enable_seqscan = off
set enable_bitmapscan = off
as $$
declare
  -- One statement for each priority: a limit over all of them in one would be free to take the
  -- less urgent.
  v_priority smallint;
  v_room     integer := p_limit;
  v_taken    integer;
  v_tried    integer;
  v_any      boolean := false;
begin
  -- "offset 0" below keeps the question whether one of the subject is being worked a question for
  -- each row. As a join it is answered by reading all that is being worked for each row.
  perform pg_advisory_xact_lock(hashtext('dev.rollcall.claim'), hashtext(p_instance));
  foreach v_priority in array array[0, 1, 2, 3]::smallint[] loop
    if not v_any then
      -- What failed before is taken in smaller claims, a quarter for each attempt, until whatever
      -- fails its whole claim stands alone.
      select w.attempt into v_tried
      from event w
      where w.instance = p_instance and w.status = 'NEW'
        and w.priority = v_priority and w.due <= p_now
        and not exists (
          select 1 from event q
          where q.instance = w.instance and q.subject = w.subject and q.source = w.source
            and q.status = 'QUE' offset 0)
      order by w.due, w.id
      limit 1;
      v_room := greatest(1, p_limit >> least(2 * coalesce(v_tried, 0), 30));
    end if;
    -- Several events of one subject take up room of which only one is claimed: looked again, until
    -- this priority has nothing more.
    loop
      return query
      with waiting as (
        select w.id, w.source, w.subject, w.due
        from event w
        where w.instance = p_instance and w.status = 'NEW'
          and w.priority = v_priority and w.due <= p_now
          and not exists (
            select 1 from event q
            where q.instance = w.instance and q.subject = w.subject and q.source = w.source
              and q.status = 'QUE' offset 0)
        order by w.due, w.id
        limit v_room
        for update skip locked
      ), candidate as (
        select w.id, row_number() over (
            partition by w.source, w.subject order by w.due, w.id) as place
        from waiting w
      )
      update event e set status = 'QUE', token = p_token
      from candidate c
      where e.id = c.id and c.place = 1
      returning e.*;
      get diagnostics v_taken = row_count;
      v_any := v_any or v_taken > 0;
      v_room := v_room - v_taken;
      exit when v_taken = 0 or v_room <= 0;
    end loop;
    exit when v_room <= 0;
  end loop;
  if v_any then
    insert into claim (token, instance, node, lease_until)
    values (p_token, p_instance, p_node, clock_timestamp() + p_lease);
  end if;
end
$$;

create table link (
  target      text        not null,
  source      text        not null,
  subject     text        not null,
  account_id  text        not null,
  linked_at   timestamptz not null,
  event       bigint      not null,
  origins     jsonb       not null,
  primary key (target, subject, source),
  constraint link_account_once unique (target, account_id)
);
create index link_by_subject on link (subject, source);
comment on table link is 'Who is who on the other side: unique in both directions per target system';
comment on column link.origins is 'For each value last applied: rule, record, field, effective date and the event that applied it';

create table audit (
  id        bigint generated always as identity primary key,
  at        timestamptz not null,
  kind      text        not null,
  instance  text,
  source    text,
  subject   text,
  event     bigint,
  entry     json        not null
);
comment on table audit is 'Every decision and what came of it, append-only; an entry outlives its event';
comment on column audit.entry is 'Kept as it was written: it is read whole, never searched';
create index audit_by_event on audit (event);
create index audit_by_time on audit (at);

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'The audit is append-only';
end
$$;
create trigger audit_append_only before update on audit
  for each row execute function audit_is_append_only();

create table clock_offset (
  only_row boolean primary key default true check (only_row),
  seconds  bigint not null
);
comment on table clock_offset is 'How far Rollcall''s clock is ahead of the real one; other than 0 only in a demo';
insert into clock_offset (seconds) values (0);
