import type { Generated } from 'kysely'
import { identities } from './identity-migrations.ts'
import type { IdentityTables } from './identity-migrations.ts'

/** The tables of the server itself, after those of the trades. An applied one is never changed; add another. */
export const serverMigrations = [
  {
    id: 'server-1',
    sql: `
-- What kind of installation this is. A pilot has a stated day, on which everything in it happens; there is one row.
create table installation (
  only_one boolean primary key default true check (only_one),
  kind text not null check (kind in ('pilot', 'production')),
  stated_day date,
  check (kind = 'pilot' or stated_day is null)
);

-- Accounts, sessions and organisations, as better-auth keeps them.
create table auth_user (
  id text primary key,
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create table auth_session (
  id text primary key,
  expires_at timestamptz not null,
  token text not null unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null,
  ip_address text,
  user_agent text,
  user_id text not null references auth_user on delete cascade,
  active_organization_id text
);
create index auth_session_user on auth_session (user_id);
create table auth_account (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  user_id text not null references auth_user on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null,
  unique (provider_id, account_id)
);
create index auth_account_user on auth_account (user_id);
create table auth_verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
-- A handler has its credit code, a provincial office its province, the national office neither.
create table auth_organization (
  id text primary key,
  name text not null,
  slug text not null unique,
  logo text,
  metadata text,
  created_at timestamptz not null,
  kind text not null check (kind in ('handler', 'province', 'national')),
  credit_code text unique check ((kind = 'handler') = (credit_code is not null)),
  province text check ((kind = 'province') = (province is not null)),
  unique (id, kind)
);
-- A person acts for one organisation, in a role of that kind of organisation.
create table auth_member (
  id text primary key,
  organization_id text not null,
  user_id text not null unique references auth_user on delete cascade,
  role text not null check (role in ('handlerOfficer', 'deskOfficer', 'assessor')),
  organization_kind text generated always as
    (case role when 'handlerOfficer' then 'handler' when 'deskOfficer' then 'province' else 'national' end) stored,
  created_at timestamptz not null,
  foreign key (organization_id, organization_kind) references auth_organization (id, kind)
);
create table auth_invitation (
  id text primary key,
  organization_id text not null references auth_organization on delete cascade,
  email text not null,
  role text,
  status text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  inviter_id text not null references auth_user on delete cascade
);

-- Tries that failed, to slow down guessing; "who" is an e-mail address or where the request came from, hashed.
create table sign_in_failure (
  who text not null,
  at timestamptz not null default now()
);
create index sign_in_failure_who on sign_in_failure (who, at);

-- Files kept in the data folder under their SHA-256.
create table kept_file (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint not null check (bytes >= 0),
  kept_at timestamptz not null default now()
);

-- The documents of a declaration whose bytes are here: n is the place in the list of the event it was filed with.
create table case_document (
  case_no text not null,
  seq int not null,
  n int not null check (n >= 1),
  kind text not null,
  file_name text not null check (file_name <> '' and file_name !~ '[/\\\\]'),
  media_type text not null,
  sha256 text not null references kept_file,
  primary key (case_no, seq, n),
  unique (case_no, seq, file_name),
  foreign key (case_no, seq) references case_event (case_no, seq)
);
create function case_document_as_declared() returns trigger language plpgsql as $$
begin
  if not exists (
    select 1
    from case_event, jsonb_array_elements(event -> 'declaration' -> 'documents') with ordinality as declared (one, place)
    where case_event.case_no = new.case_no and case_event.seq = new.seq and place = new.n
      and one ->> 'sha256' = new.sha256 and one ->> 'file' = new.file_name and one ->> 'kind' = new.kind
  ) then
    raise exception 'case %, event %: % was not declared with these bytes', new.case_no, new.seq, new.file_name
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger case_document_as_declared before insert on case_document
  for each row execute function case_document_as_declared();

-- The evidence a declaration rests on.
create table case_evidence (
  case_no text not null,
  seq int not null,
  sha256 text not null references kept_file,
  primary key (case_no, seq),
  foreign key (case_no, seq) references case_event (case_no, seq)
);

-- A result that waits for a second person. It belongs to the case as it stood at "seq" and falls with the next event.
create table result_draft (
  id text primary key,
  case_no text not null,
  seq int not null,
  drafted_by text not null references auth_user,
  drafter jsonb not null,
  day date not null,
  decision jsonb not null,
  drafted_at timestamptz not null default now(),
  foreign key (case_no, seq) references case_event (case_no, seq)
);
create index result_draft_case on result_draft (case_no, seq, drafted_at);

-- What was done under an Idempotency-Key, written in the transaction that did it.
create table idempotent_request (
  account text not null references auth_user,
  key text not null check (key ~ '^[A-Za-z0-9_-]{8,128}$'),
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  status int not null check (status between 200 and 299),
  headers jsonb not null,
  body text not null,
  answered_at timestamptz not null default now(),
  primary key (account, key)
);

create trigger kept_file_append_only before update or delete or truncate on kept_file
  for each statement execute function case_refuse_change();
create trigger case_document_append_only before update or delete or truncate on case_document
  for each statement execute function case_refuse_change();
create trigger case_evidence_append_only before update or delete or truncate on case_evidence
  for each statement execute function case_refuse_change();
create trigger result_draft_append_only before update or delete or truncate on result_draft
  for each statement execute function case_refuse_change();
create trigger idempotent_request_unchanged before update on idempotent_request
  for each statement execute function case_refuse_change();
`,
  },
  {
    id: 'server-casework-1',
    sql: `
-- What somebody is told in the portal; the same as an e-mail waits in "mail" until it is sent.
create table notice (
  id text primary key,
  account text not null references auth_user on delete cascade,
  case_no text not null references case_file,
  day date not null,
  zh text not null,
  en text not null,
  read_at timestamptz,
  at timestamptz not null default now()
);
create index notice_unread on notice (account, day desc) where read_at is null;
create table mail (
  notice text primary key references notice on delete cascade,
  address text not null,
  sent_at timestamptz,
  tries int not null check (tries >= 0),
  last_error text
);
create index mail_unsent on mail (tries, notice) where sent_at is null;
create function mail_is_sent_once() returns trigger language plpgsql as $$
begin
  if old.sent_at is not null then
    raise exception 'mail % was sent', old.notice using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger mail_is_sent_once before update on mail for each row execute function mail_is_sent_once();

-- The secret address of an account's calendar, hashed.
create table calendar_feed (
  account text primary key references auth_user on delete cascade,
  token_sha256 text not null unique check (token_sha256 ~ '^[0-9a-f]{64}$')
);
`,
  },
  { id: 'server-rights-1', sql: identities },
  {
    id: 'server-casework-2',
    sql: `
-- Numbers of notices, one row of them a year; a number drawn for a draft nobody issues stays unused.
create table notice_no_counter (year int primary key, last int not null check (last between 1 and 99999));
-- Keys nobody may believe any more, as the published list says them.
create table revoked_key (
  key_id text primary key check (key_id ~ '^[0-9a-f]{64}$'),
  on_day date not null,
  because text not null check (because <> ''),
  by_account text not null references auth_user
);
create trigger revoked_key_append_only before update or delete or truncate on revoked_key
  for each statement execute function case_refuse_change();
-- A signature under a draft belongs to that very draft: a later draft of the case voids it, and it is kept.
create table draft_signature (
  draft text not null references result_draft,
  account text not null references auth_user,
  name text not null,
  day date not null,
  at timestamptz not null default now(),
  primary key (draft, account)
);
create trigger draft_signature_append_only before update or delete or truncate on draft_signature
  for each statement execute function case_refuse_change();
create function draft_signed_by_another() returns trigger language plpgsql as $$
begin
  if exists (select 1 from result_draft where id = new.draft and drafted_by = new.account) then
    raise exception 'whoever drafted % does not sign it', new.draft using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger draft_signed_by_another before insert on draft_signature
  for each row execute function draft_signed_by_another();
`,
  },
  {
    id: 'server-rights-close-1',
    sql: `
-- Its administrator may ask a second factor of every member, whatever their role.
alter table auth_organization add column second_factor_required boolean not null default false;
`,
  },
  {
    id: 'server-eyes-rights-1',
    sql: `
-- A notice may be about the account itself, as when its access is renewed.
alter table notice alter column case_no drop not null;
`,
  },
] as const satisfies readonly { readonly id: string; readonly sql: string }[]

/** The tables as kysely sees them. */
export interface ServerTables extends IdentityTables {
  installation: { only_one: Generated<boolean>; kind: 'pilot' | 'production'; stated_day: string | null }
  sign_in_failure: { who: string; at: Generated<Date> }
  kept_file: { sha256: string; bytes: number }
  case_document: {
    case_no: string
    seq: number
    n: number
    kind: string
    file_name: string
    media_type: string
    sha256: string
  }
  case_evidence: { case_no: string; seq: number; sha256: string }
  result_draft: {
    id: string
    case_no: string
    seq: number
    drafted_by: string
    drafter: unknown
    day: string
    decision: unknown
    drafted_at: Generated<Date>
  }
  notice: {
    id: string
    account: string
    case_no: string | null
    day: string
    zh: string
    en: string
    read_at: Date | null
  }
  mail: { notice: string; address: string; sent_at: Date | null; tries: number; last_error: string | null }
  notice_no_counter: { year: number; last: number }
  revoked_key: { key_id: string; on_day: string; because: string; by_account: string }
  draft_signature: { draft: string; account: string; name: string; day: string }
  calendar_feed: { account: string; token_sha256: string }
  idempotent_request: {
    account: string
    key: string
    digest: string
    status: number
    headers: unknown
    body: string
    answered_at: Generated<Date>
  }
}
