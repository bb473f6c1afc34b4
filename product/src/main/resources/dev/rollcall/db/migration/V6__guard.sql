-- Safe hands: in which state an instance is, whether it is paused, what was changed within the guard's
-- window, and what is held.

create table instance_control (
  instance     text primary key,
  state        text        not null check (state in ('off', 'preview', 'on')),
  state_since  timestamptz not null,
  paused_at    timestamptz,
  paused_by    text,
  paused_why   text
);
comment on table instance_control is
  'How each instance stands, for all processes; the last process to start decides its state';
comment on column instance_control.paused_at is 'Null unless it is paused; a flag beside the state, which survives restarts';

-- Who was only previewed, for the day the instance is switched on.
create index event_previewed on event (instance, subject) where status = 'SKIP' and reason = 'preview';

create function instance_lock_kind() returns integer language sql immutable
return hashtext('dev.rollcall.instance');

-- Whether a process that works the instance in this state may write. It holds until the end of the
-- transaction: whoever changes the answer takes the same lock exclusively. Locks of this kind wait in
-- the order they were asked for; many small writers cannot keep one who wants to stop them waiting,
-- as they could with a shared lock on a row.
create function instance_is_open(p_instance text, p_state text) returns boolean
language plpgsql
as $$
begin
  perform pg_advisory_xact_lock_shared(instance_lock_kind(), hashtext(p_instance));
  return not exists (
    select 1 from instance_control c
    where c.instance = p_instance and (c.state <> p_state or c.paused_at is not null));
end
$$;

-- Claims for a process that works the instance in this state; nothing when it is in another or paused.
create function claim_if_open(
  p_state text, p_instance text, p_now timestamptz, p_limit integer, p_token uuid, p_node text,
  p_lease interval)
returns setof event
language plpgsql
as $$
begin
  if instance_is_open(p_instance, p_state) then
    return query select * from claim_events(p_instance, p_now, p_limit, p_token, p_node, p_lease);
  end if;
end
$$;

create table guard_change (
  instance  text        not null,
  class     text        not null,
  at        timestamptz not null,
  changed   integer     not null
);
comment on table guard_change is
  'How many accounts were changed, by class of change, for the limits that are set; old rows go';
create index guard_change_within on guard_change (instance, class, at);

-- How many were changed since then. Who asks is alone with these classes until the transaction ends.
create function guarded_changes(p_instance text, p_classes text[], p_since timestamptz)
returns table (class text, changed bigint)
language plpgsql
as $$
declare
  v_class text;
begin
  foreach v_class in array p_classes loop
    perform pg_advisory_xact_lock(
      hashtext('dev.rollcall.guard'), hashtext(p_instance || ' ' || v_class));
  end loop;
  return query
    select g.class, sum(g.changed) from guard_change g
    where g.instance = p_instance and g.class = any (p_classes) and g.at > p_since
    group by g.class;
end
$$;

create table held (
  id              bigint generated always as identity primary key,
  instance        text        not null,
  source          text        not null,
  subject         text        not null,
  class           text        not null,
  event           bigint      not null,
  reason          text        not null,
  changes         json        not null,
  same            text        not null,
  held_at         timestamptz not null,
  decision        text check (decision in ('released', 'rejected')),
  decided_by      text,
  why             text,
  decided_at      timestamptz,
  resolved_event  bigint,
  closed_at       timestamptz,
  closed_how      text check (closed_how in ('made', 'moot')),
  closed_event    bigint,
  check (num_nulls(decision, decided_by, why, decided_at, resolved_event) in (0, 5)),
  check (num_nulls(closed_at, closed_how, closed_event) in (0, 3))
);
comment on table held is
  'Changes beyond a limit of the guard, and what people decided about them; open until it is closed';
comment on column held.event is 'The suspended event that found it last';
comment on column held.same is 'Equal for changes that come to the same';
comment on column held.resolved_event is 'The event that was appended for the decision';
comment on column held.closed_how is 'made: an event applied it; moot: an event found nothing to apply';
create unique index held_open on held (instance, subject, source, class) where closed_at is null;
create index held_closed on held (closed_at, id) where closed_at is not null;
create index held_undecided on held (instance, event) where closed_at is null and decision is null;
