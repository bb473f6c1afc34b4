-- Asking the audit, a page at a time however many entries there are: each index ends in the order
-- of the pages.

drop index audit_by_time;
create index audit_by_time on audit (at, id);
create index audit_by_subject on audit (subject, at, id) where subject is not null;
-- Outcomes are nearly all there is: whoever wants them reads on in the order of time.
create index audit_by_kind on audit (kind, at, id) where kind <> 'outcome';

-- Erasing what the audit says of a person. The rows stand, and who did what stays; what was said is
-- gone, and a tombstone says who erased it, when and why.

create table erasure (
  id          bigint generated always as identity primary key,
  at          timestamptz not null,
  source      text        not null,
  subject     text        not null,
  erased_by   text        not null,
  why         text        not null,
  transaction xid8        not null default pg_current_xact_id()
);
comment on table erasure is 'Each time the audit was emptied of a person; the only way past the trigger of the audit';

create or replace function audit_is_append_only() returns trigger language plpgsql as $$
begin
  if new.entry::text like '%"erased"%'
    and row (new.id, new.at, new.kind, new.instance, new.source, new.subject, new.event)
      is not distinct from
      row (old.id, old.at, old.kind, old.instance, old.source, old.subject, old.event)
    and exists (select 1 from erasure e where e.transaction = pg_current_xact_id())
  then
    return new;
  end if;
  raise exception 'The audit is append-only';
end
$$;

-- Empties the entries about a person, and what entries about others show of the person's accounts.
-- Others' entries are found by reading all of the audit: erasing is rare, and an index for it would
-- be paid for by every entry.
create function erase_from_audit(
  p_source text, p_subject text, p_accounts text[], p_by text, p_why text, p_now timestamptz)
returns bigint language plpgsql as $$
declare
  v_tombstone jsonb := jsonb_build_object('by', p_by, 'at', p_now, 'why', p_why);
  v_own       bigint;
  v_others    bigint;
begin
  insert into erasure (at, source, subject, erased_by, why)
  values (p_now, p_source, p_subject, p_by, p_why);
  update audit a
  set entry = json_strip_nulls(json_build_object(
    'by', a.entry -> 'by', 'cause', a.entry -> 'cause', 'parent', a.entry -> 'parent',
    'status', a.entry -> 'status', 'attempt', a.entry -> 'attempt', 'error', a.entry -> 'error',
    'erased', v_tombstone))
  where a.subject = p_subject and a.source = p_source
    -- Who looked, and who erased, is not about the person but about whoever did it.
    and a.kind not in ('national-id-seen', 'erased')
    and a.entry -> 'erased' is null;
  get diagnostics v_own = row_count;
  update audit a
  set entry = jsonb_set(a.entry::jsonb, '{candidates}', (
      select jsonb_agg(
        case when c.value ->> 'id' = any(p_accounts)
          then jsonb_build_object('id', c.value -> 'id', 'rule', c.value -> 'rule',
            'erased', v_tombstone)
          else c.value end order by c.place)
      from jsonb_array_elements(a.entry::jsonb -> 'candidates') with ordinality c (value, place)))
    ::json
  where a.kind = 'outcome' and a.entry::text like '%"candidates":[{%'
    and jsonb_typeof(a.entry::jsonb -> 'candidates') = 'array'
    and exists (
      select 1 from jsonb_array_elements(a.entry::jsonb -> 'candidates') c
      where c.value ->> 'id' = any(p_accounts) and c.value -> 'erased' is null);
  get diagnostics v_others = row_count;
  return v_own + v_others;
end
$$;
