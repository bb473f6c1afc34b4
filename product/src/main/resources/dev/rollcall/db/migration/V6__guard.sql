-- Safe hands: in which state an instance is, and whether it is paused.

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
