-- What was called before the column was there is not in it.
comment on column call_budget.calls is
  'Calls that came to an end since there is this column, with an answer or without';
