/** The tables of casework, oldest first. An applied one is never changed; add another. */
export const caseworkMigrations = [
  {
    id: 'casework-1',
    sql: `
create table case_file (
  no text primary key check (no ~ '^TG-[0-9]{4}-[0-9]{6}$'),
  opened_at timestamptz not null default now()
);

-- A case is its events and nothing else. Numbers start at 1 and leave no gap: each event but the first refers to the
-- one before it; the primary key lets no two have one number.
create table case_event (
  case_no text not null references case_file,
  seq int not null check (seq >= 1),
  follows int generated always as (case when seq > 1 then seq - 1 end) stored,
  kind text not null generated always as (event ->> 'kind') stored,
  day date not null,
  event jsonb not null check (event ->> 'day' = to_char(day, 'YYYY-MM-DD')),
  recorded_at timestamptz not null default now(),
  primary key (case_no, seq),
  foreign key (case_no, follows) references case_event (case_no, seq)
);

create table case_no_counter (year int primary key, last int not null check (last between 1 and 999999));

create function case_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% only grows: % is refused', tg_table_name, lower(tg_op) using errcode = 'restrict_violation';
end $$;
create trigger case_file_append_only before update or delete or truncate on case_file
  for each statement execute function case_refuse_change();
create trigger case_event_append_only before update or delete or truncate on case_event
  for each statement execute function case_refuse_change();
`,
  },
] as const satisfies readonly { readonly id: string; readonly sql: string }[]

/** The tables as kysely sees them, with what may be inserted. */
export interface CaseworkTables {
  case_file: { no: string }
  case_event: { case_no: string; seq: number; day: string; event: unknown }
  case_no_counter: { year: number; last: number }
}
