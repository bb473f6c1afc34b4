-- What the pages ask about request lines, batches and calls, fast at a million lines.

alter table request_line add column superseded boolean not null default false;
comment on column request_line.superseded is
  'A later generation of this line was stored; only the last one is listed and counted';
update request_line l set superseded = true
where exists (
  select 1 from request_line n
  where n.instance = l.instance and n.batch = l.batch and n.line = l.line
    and n.generation > l.generation);

-- Newest first, by what people filter for.
create index request_line_by_kind on request_line (instance, status, id) where not superseded;
create index request_line_by_action on request_line (instance, action, status, id)
  where not superseded;
create index request_line_by_subject on request_line (subject, id);
-- The first error of a batch stands for it, or else its first line.
create index request_line_by_batch on request_line (instance, batch, id);
create index request_line_failed on request_line (instance, batch, id)
  where status = 'ERR' and not superseded;

create index call_window_by_time on call_window (opened_at);
