-- A page of the audit of one instance, also of one that did little beside others that did much.
create index audit_by_instance on audit (instance, at, id) where instance is not null;
