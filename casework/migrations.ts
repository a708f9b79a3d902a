import type { ColumnType, Generated } from 'kysely'
import type { DeskRow } from './queues.ts'
import type { Reminder } from './reminders.ts'

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
  {
    id: 'casework-2-desk',
    sql: `
-- What queues and lists are asked by. Made of the case alone and written in the transaction of the append; at commit the
-- database itself holds it against the last event, so that no way of writing leaves it behind.
create table case_desk (
  no text primary key references case_file,
  sequence int not null,
  kind text not null,
  status text not null,
  queue text,
  desk text check (desk in ('province', 'national')),
  province text not null,
  credit_code text,
  handler_name text not null,
  forwarded boolean not null,
  due date,
  due_kind text,
  announced date,
  provisional boolean not null,
  opened date not null,
  last_day date not null,
  outcome text check (outcome in ('passed', 'passedInPart', 'notPassed')),
  assignee text,
  check ((queue is null) = (desk is null)),
  check ((due is null) = (due_kind is null)),
  check (queue is not null or assignee is null)
);
create index case_desk_queue on case_desk (desk, province, queue, due, no) where queue is not null;
create index case_desk_national on case_desk (queue, due, no) where desk = 'national';
create index case_desk_assignee on case_desk (assignee, due, no) where assignee is not null;
create index case_desk_handler on case_desk (credit_code, no);
create index case_desk_province on case_desk (province, no);
create index case_desk_forwarded on case_desk (no) where forwarded;
create index case_desk_status on case_desk (status, no);

create function case_desk_follows() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from case_desk where no = new.case_no and sequence >= new.seq) then
    raise exception 'case %: event % is not on the desk', new.case_no, new.seq using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger case_desk_follows after insert on case_event
  deferrable initially deferred for each row execute function case_desk_follows();

-- Who works on a case at which desk; the last row counts, an empty assignee gives it back. A case that moves to the
-- other desk and back is the same officer's again: nothing wipes this as a side effect.
create table case_assignment (
  id bigint generated always as identity primary key,
  case_no text not null references case_file,
  desk text not null check (desk in ('province', 'national')),
  assignee text,
  by_officer text not null,
  day date not null,
  reason text,
  at timestamptz not null default now()
);
create index case_assignment_case on case_assignment (case_no, desk, id desc);
create trigger case_assignment_append_only before update or delete or truncate on case_assignment
  for each statement execute function case_refuse_change();

-- While somebody is away others may take their cases. The last row of an officer that covers a day counts.
create table officer_absence (
  id bigint generated always as identity primary key,
  officer text not null,
  first_day date not null,
  last_day date not null,
  by_officer text not null,
  at timestamptz not null default now(),
  check (first_day <= last_day)
);
create index officer_absence_officer on officer_absence (officer, last_day);
create trigger officer_absence_append_only before update or delete or truncate on officer_absence
  for each statement execute function case_refuse_change();

-- What is to be said, once, on a legal day. Unfired rows go with the period they speak of; fired ones stay.
create table case_reminder (
  case_no text not null references case_file,
  clock text not null,
  started date not null,
  due date not null,
  on_day date not null,
  what text not null check (what in ('soon', 'today', 'late', 'extension-window')),
  recipient text not null check (recipient in ('handler', 'province', 'national')),
  fired_on date,
  primary key (case_no, clock, started, due, on_day, what),
  check (fired_on is null or fired_on >= on_day)
);
create index case_reminder_unfired on case_reminder (on_day) where fired_on is null;
create function case_reminder_fires_once() returns trigger language plpgsql as $$
begin
  if old.fired_on is not null then
    raise exception 'case %: a reminder of % was fired on %', old.case_no, old.on_day, old.fired_on
      using errcode = 'restrict_violation';
  end if;
  return coalesce(new, old);
end $$;
create trigger case_reminder_fires_once before update or delete on case_reminder
  for each row execute function case_reminder_fires_once();

-- By which calendar the dates on the desk were counted, and which cases moved when it was corrected.
create table case_calendar (
  only_one boolean primary key default true check (only_one),
  fingerprint text not null
);
create table case_due_moved (
  case_no text not null references case_file,
  fingerprint text not null,
  due_kind text not null,
  before date not null,
  after date not null,
  day date not null,
  primary key (case_no, fingerprint)
);
create trigger case_due_moved_append_only before update or delete or truncate on case_due_moved
  for each statement execute function case_refuse_change();

-- Words of what was filed, segmented in Node: a 'simple' tsvector is the same on both databases.
create table case_text (
  no text primary key references case_file,
  words tsvector not null,
  countries text[] not null,
  item_kinds text[] not null
);
create index case_text_words on case_text using gin (words);
create index case_text_countries on case_text using gin (countries);
create index case_text_item_kinds on case_text using gin (item_kinds);
`,
  },
  {
    id: 'casework-3-opinions',
    sql: `
-- Who was asked for an opinion. A conflict of interest found or declared is written down with the invitation it ends.
create table case_invitation (
  id text primary key,
  case_no text not null references case_file,
  account text not null,
  name text not null,
  organisation text not null,
  invited_by text not null,
  day date not null,
  at timestamptz not null default now(),
  unique (case_no, account)
);
create table case_recusal (
  invitation text primary key references case_invitation,
  reason text not null,
  day date not null,
  at timestamptz not null default now()
);
-- One opinion an expert, on every item of Order 11 art. 8. Sealed by what is shown, kept as it was given.
create table case_opinion (
  invitation text primary key references case_invitation,
  items jsonb not null check (jsonb_typeof(items) = 'array' and jsonb_array_length(items) > 0),
  day date not null,
  at timestamptz not null default now()
);
create table case_consolidation (
  id text primary key,
  case_no text not null references case_file,
  by_officer text not null,
  items jsonb not null,
  dissent jsonb not null,
  day date not null,
  at timestamptz not null default now()
);
create index case_consolidation_case on case_consolidation (case_no, at);
-- Work somebody has done for a handler or recipient: what conflicts are computed from.
create table past_work (
  id bigint generated always as identity primary key,
  account text not null,
  organisation text not null,
  credit_code text,
  until date,
  unique (account, organisation)
);
create function case_opinion_of_the_invited() returns trigger language plpgsql as $$
begin
  if exists (select 1 from case_recusal where invitation = new.invitation) then
    raise exception 'invitation % was ended by a conflict of interest', new.invitation using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger case_opinion_of_the_invited before insert on case_opinion
  for each row execute function case_opinion_of_the_invited();
create trigger case_invitation_append_only before update or delete or truncate on case_invitation
  for each statement execute function case_refuse_change();
create trigger case_recusal_append_only before update or delete or truncate on case_recusal
  for each statement execute function case_refuse_change();
create trigger case_opinion_append_only before update or delete or truncate on case_opinion
  for each statement execute function case_refuse_change();
create trigger case_consolidation_append_only before update or delete or truncate on case_consolidation
  for each statement execute function case_refuse_change();
`,
  },
  {
    id: 'casework-need-to-know-1',
    sql: `
-- Who may read a case that is another officer's, and why.
create table case_sight (
  id bigint generated always as identity primary key,
  case_no text not null references case_file,
  account text not null,
  by_officer text not null,
  reason text not null check (reason ~ '[^[:space:]]'),
  day date not null,
  at timestamptz not null default now()
);
create index case_sight_case on case_sight (case_no, account);
create trigger case_sight_append_only before update or delete or truncate on case_sight
  for each statement execute function case_refuse_change();
`,
  },
] as const satisfies readonly { readonly id: string; readonly sql: string }[]

/** The tables as kysely sees them, with what may be inserted. */
export interface CaseworkTables {
  case_file: { no: string }
  case_event: { case_no: string; seq: number; day: string; event: unknown; kind: ColumnType<string, never, never> }
  case_no_counter: { year: number; last: number }
  case_desk: DeskRow & { readonly assignee: string | null }
  case_sight: {
    id: Generated<number>
    case_no: string
    account: string
    by_officer: string
    reason: string
    day: string
    at: Generated<Date>
  }
  case_assignment: {
    id: Generated<number>
    case_no: string
    desk: string
    assignee: string | null
    by_officer: string
    day: string
    reason: string | null
  }
  officer_absence: {
    id: Generated<number>
    officer: string
    first_day: string
    last_day: string
    by_officer: string
  }
  case_reminder: {
    case_no: string
    clock: string
    started: string
    due: string
    on_day: string
    what: Reminder['what']
    recipient: Reminder['to']
    fired_on: string | null
  }
  case_calendar: { only_one: Generated<boolean>; fingerprint: string }
  case_due_moved: {
    case_no: string
    fingerprint: string
    due_kind: string
    before: string
    after: string
    day: string
  }
  case_text: { no: string; words: unknown; countries: readonly string[]; item_kinds: readonly string[] }
  case_invitation: {
    id: string
    case_no: string
    account: string
    name: string
    organisation: string
    invited_by: string
    day: string
  }
  case_recusal: { invitation: string; reason: string; day: string }
  case_opinion: { invitation: string; items: unknown; day: string }
  case_consolidation: {
    id: string
    case_no: string
    by_officer: string
    items: unknown
    dissent: unknown
    day: string
    at: Generated<Date>
  }
  past_work: {
    id: Generated<number>
    account: string
    organisation: string
    credit_code: string | null
    until: string | null
  }
}
