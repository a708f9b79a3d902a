import type { Generated } from 'kysely'

/** The tables of the enquiry desk, oldest first. An applied one is never changed; add another. */
export const enquiryMigrations = [
  {
    id: 'enquiries-1',
    sql: String.raw`
-- Everything the desk knows is these events; the tables below are read from them and can be built anew.
create table desk_event (
  subject text not null check (subject ~ '^(ZX|JD|ZD|XJ)-[0-9]{4}-[0-9]{7}$'),
  seq int not null check (seq >= 1),
  follows int generated always as (case when seq > 1 then seq - 1 end) stored,
  office text not null check (office <> ''),
  kind text not null generated always as (event ->> 'kind') stored,
  day date not null,
  event jsonb not null
    check (event ->> 'day' = to_char(day, 'YYYY-MM-DD'))
    check (event -> 'officer' ->> 'office' = office)
    -- No control characters but line breaks and tabs, as JSON writes them.
    check (event::text !~ '(^|[^\\])(\\\\)*\\(u00[01]|b|f)'),
  recorded_at timestamptz not null default now(),
  primary key (subject, seq),
  foreign key (subject, follows) references desk_event (subject, seq)
);
create function desk_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% only grows: % is refused', tg_table_name, lower(tg_op) using errcode = 'restrict_violation';
end $$;
create trigger desk_event_append_only before update or delete or truncate on desk_event
  for each statement execute function desk_refuse_change();

create table desk_no_counter (
  prefix text not null,
  year int not null,
  last int not null check (last between 1 and 9999999),
  primary key (prefix, year)
);

-- Enquiries as they stand. "words" are the words of question and answer, cut outside of the database.
create table enquiry (
  no text primary key,
  seq int not null,
  office text not null,
  status text not null check (status in ('open', 'answered')),
  channel text not null check (channel in ('phone', 'letter', 'email', 'visit')),
  topic text,
  received_on date not null,
  answered_on date check ((status = 'answered') = (answered_on is not null)),
  question text not null check (question <> ''),
  answer text check ((status = 'answered') = (answer is not null)),
  caller text,
  organisation text,
  organisation_id text,
  credit_code text check (credit_code ~ '^[0-9A-HJ-NP-RT-UW-Y]{18}$'),
  key_area text,
  officer_id text not null,
  officer text not null,
  position text,
  path text,
  law_on date,
  signature text not null,
  facts_hash text,
  called_back_under date,
  words tsvector not null,
  foreign key (no, seq) references desk_event (subject, seq)
);
create index enquiry_of_office on enquiry (office, no desc);
create index enquiry_open on enquiry (office, no desc) where status = 'open';
create index enquiry_organisation on enquiry (office, organisation_id, received_on) where organisation_id is not null;
create index enquiry_newest_of_organisation on enquiry (office, organisation_id, no desc) where organisation_id is not null;
create index enquiry_credit_code on enquiry (office, credit_code, no desc) where credit_code is not null;
create index enquiry_signature on enquiry (office, signature, no desc) where position is not null;
create index enquiry_facts on enquiry (office, facts_hash, path, no desc) where facts_hash is not null;
create index enquiry_words on enquiry using gin (words);

-- Answers that say one thing about one question, by who gave them; and the questions on which two officers differ.
create table answer_group (
  office text not null,
  signature text not null,
  path text not null,
  position text not null,
  officer_id text not null,
  n int not null check (n >= 0),
  primary key (office, signature, path, position, officer_id)
);
create table contradiction (
  office text not null,
  signature text not null,
  path text not null,
  primary key (office, signature, path)
);
-- Facts that were answered, without names, and the path that was told: what is judged again when the law changes.
create table told_facts (
  office text not null,
  facts_hash text not null,
  path text not null,
  facts jsonb not null,
  n int not null check (n >= 0),
  primary key (office, facts_hash, path)
);

-- Versions of interpretations. Once published the contents stay; the next version supersedes them.
create table interpretation_version (
  no text not null,
  version int not null check (version >= 1),
  seq int not null,
  office text not null,
  status text not null check (status in ('draft', 'published', 'superseded')),
  kind text not null check (kind in ('answer', 'example')),
  topic text not null,
  key_area text,
  content jsonb not null,
  drafted_by text not null,
  approved_by text check (approved_by <> drafted_by),
  published_on date,
  superseded_on date,
  words tsvector not null,
  primary key (no, version),
  foreign key (no, seq) references desk_event (subject, seq),
  check ((status = 'draft') = (approved_by is null)),
  check ((status = 'draft') = (published_on is null)),
  check ((status = 'superseded') = (superseded_on is not null))
);
create unique index interpretation_one_published on interpretation_version (no) where status = 'published';
create unique index interpretation_one_draft on interpretation_version (no) where status = 'draft';
create index interpretation_of_office on interpretation_version (office, no desc) where status = 'published';
create index interpretation_words on interpretation_version using gin (words);
create function interpretation_stays() returns trigger language plpgsql as $$
begin
  if old.status <> 'draft' and (tg_op = 'DELETE' or new.status = 'draft' or new.content <> old.content
      or new.drafted_by <> old.drafted_by or new.approved_by <> old.approved_by or new.published_on <> old.published_on) then
    raise exception 'version % of % was published: it is superseded, not rewritten', old.version, old.no
      using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger interpretation_stays before update or delete on interpretation_version
  for each row execute function interpretation_stays();

create table institution (
  no text primary key,
  seq int not null,
  office text not null,
  name text not null,
  credit_code text check (credit_code ~ '^[0-9A-HJ-NP-RT-UW-Y]{18}$'),
  organisation_id text not null,
  key_area text not null,
  stage text check (stage in ('invited', 'contacted', 'guided', 'filed', 'passed')),
  guided_on date,
  next_action text,
  next_on date check ((next_action is null) = (next_on is null)),
  foreign key (no, seq) references desk_event (subject, seq),
  unique (office, organisation_id)
);
create table briefing (
  no text primary key,
  seq int not null,
  office text not null,
  held_on date not null,
  title text not null,
  audience text not null,
  foreign key (no, seq) references desk_event (subject, seq)
);
create index briefing_of_office on briefing (office, held_on desc);

-- Organisations an office has served, told apart by credit code, or by name where no code was given.
create table organisation (
  office text not null,
  id text not null,
  name text not null,
  plain_name text not null,
  credit_code text,
  key_area text,
  first_served date not null,
  primary key (office, id)
);
create index organisation_name on organisation (office, plain_name);

-- What each thing adds to the figures, and the sums over all of them, kept together in one transaction.
create table figure_part (
  source text not null,
  id text not null,
  office text not null,
  parts jsonb not null,
  primary key (source, id)
);
create table figure_total (
  office text not null,
  day date not null,
  measure text not null,
  key text not null,
  n bigint not null check (n >= 0),
  primary key (office, day, measure, key)
);
`,
  },
  {
    id: 'enquiries-register-1',
    sql: String.raw`
-- The public register of an office: off until it is opened.
create table public_register (
  office text primary key,
  open boolean not null default false,
  set_by text not null,
  set_on date not null
);
-- Only with the handler's written consent (its file, by SHA-256) and the office's release; taken back by deleting it.
create table register_entry (
  case_no text primary key,
  office text not null references public_register,
  handler text not null,
  outcome text not null,
  decided_on date not null,
  consent_on date not null,
  consent_sha256 text not null check (consent_sha256 ~ '^[0-9a-f]{64}$'),
  released_by text not null,
  released_on date not null check (consent_on <= released_on)
);
create function register_entry_allowed() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' or not exists (select from public_register where office = new.office and open) then
    raise exception 'the public register of % is off, or % is there already', new.office, new.case_no
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger register_entry_allowed before insert or update on register_entry
  for each row execute function register_entry_allowed();
`,
  },
  {
    id: 'enquiries-portal-1',
    sql: String.raw`
-- Enquiries also come from the public page; a form sent twice is one enquiry.
alter table enquiry drop constraint enquiry_channel_check;
alter table enquiry add constraint enquiry_channel_check check (channel in ('phone', 'letter', 'email', 'visit', 'web'));
create table web_enquiry (
  form text primary key check (form ~ '^[0-9a-f]{32}$'),
  enquiry text not null unique,
  first int not null generated always as (1) stored,
  received_at timestamptz not null default now(),
  foreign key (enquiry, first) references desk_event (subject, seq)
);
create trigger web_enquiry_append_only before update or delete or truncate on web_enquiry
  for each statement execute function desk_refuse_change();
`,
  },
] as const satisfies readonly { readonly id: string; readonly sql: string }[]

/** The tables as kysely sees them. */
export interface EnquiryTables {
  web_enquiry: { form: string; enquiry: string; received_at: Generated<Date> }
  desk_event: { subject: string; seq: number; office: string; kind: Generated<string>; day: string; event: unknown }
  desk_no_counter: { prefix: string; year: number; last: number }
  enquiry: EnquiryRow & { words: unknown }
  answer_group: {
    office: string
    signature: string
    path: string
    position: string
    officer_id: string
    n: number
  }
  contradiction: { office: string; signature: string; path: string }
  told_facts: { office: string; facts_hash: string; path: string; facts: unknown; n: number }
  interpretation_version: {
    no: string
    version: number
    seq: number
    office: string
    status: 'draft' | 'published' | 'superseded'
    kind: string
    topic: string
    key_area: string | null
    content: unknown
    drafted_by: string
    approved_by: string | null
    published_on: string | null
    superseded_on: string | null
    words: unknown
  }
  institution: {
    no: string
    seq: number
    office: string
    name: string
    credit_code: string | null
    organisation_id: string
    key_area: string
    stage: string | null
    guided_on: string | null
    next_action: string | null
    next_on: string | null
  }
  briefing: { no: string; seq: number; office: string; held_on: string; title: string; audience: string }
  organisation: {
    office: string
    id: string
    name: string
    plain_name: string
    credit_code: string | null
    key_area: string | null
    first_served: string
  }
  public_register: { office: string; open: boolean; set_by: string; set_on: string }
  register_entry: {
    case_no: string
    office: string
    handler: string
    outcome: string
    decided_on: string
    consent_on: string
    consent_sha256: string
    released_by: string
    released_on: string
  }
  figure_part: { source: string; id: string; office: string; parts: unknown }
  figure_total: { office: string; day: string; measure: string; key: string; n: number }
}

/** An enquiry as the lists and the search read it. */
export interface EnquiryRow {
  no: string
  seq: number
  office: string
  status: 'open' | 'answered'
  channel: string
  topic: string | null
  received_on: string
  answered_on: string | null
  question: string
  answer: string | null
  caller: string | null
  organisation: string | null
  organisation_id: string | null
  credit_code: string | null
  key_area: string | null
  officer_id: string
  officer: string
  position: string | null
  path: string | null
  law_on: string | null
  signature: string
  facts_hash: string | null
  called_back_under: string | null
}
