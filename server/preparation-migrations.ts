import type { Generated } from 'kysely'

/** Declarations in preparation: an organisation's, kept as the revisions they were written in. */
export const preparationMigrations = [
  {
    id: 'workbench-1',
    sql: `
create table preparation (
  no bigint generated always as identity primary key,
  organization_id text not null references auth_organization,
  evidence_sha256 text references kept_file,
  started_at timestamptz not null default now()
);
create index preparation_organization on preparation (organization_id, no);
create trigger preparation_append_only before update or delete or truncate on preparation
  for each statement execute function case_refuse_change();
-- What one person changed, as they sent it; the first revision is what it was started with.
create table preparation_revision (
  preparation bigint not null references preparation,
  n int not null check (n >= 1),
  account text not null references auth_user,
  name text not null,
  at timestamptz not null default now(),
  -- Made by the browser: a change that was sent and not heard of is known by it.
  key text not null,
  changes jsonb not null check (jsonb_typeof(changes) = 'array'),
  primary key (preparation, n),
  unique (preparation, key)
);
create trigger preparation_revision_append_only before update or delete or truncate on preparation_revision
  for each statement execute function case_refuse_change();
create function preparation_revision_follows() returns trigger language plpgsql as $$
begin
  if new.n <> 1 + (select count(*) from preparation_revision where preparation = new.preparation) then
    raise exception 'revision % of preparation % does not follow the one before', new.n, new.preparation
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger preparation_revision_follows before insert on preparation_revision
  for each row execute function preparation_revision_follows();
`,
  },
  {
    id: 'portal-submit-1',
    sql: `
-- A file on its way in: its bytes lie in the data folder until they are all there, then it is a kept file.
create table upload (
  id text primary key,
  account text not null references auth_user,
  file_name text not null,
  bytes bigint not null check (bytes > 0),
  received bigint not null default 0 check (received between 0 and bytes),
  sha256 text references kept_file check (sha256 is null or received = bytes),
  started_at timestamptz not null default now()
);
create index upload_started on upload (started_at);
-- What the revisions add up to, so that a list or a page reads one row; made of them alone (foldedOf in preparations.ts).
create table preparation_now (
  preparation bigint primary key references preparation,
  revision int not null check (revision >= 1),
  tree jsonb not null,
  touched jsonb not null check (jsonb_typeof(touched) = 'array'),
  changed_at timestamptz not null,
  changed_by text not null
);
-- Evidence and documents beside the answers. Of one name the last one counts; those before stay.
create table preparation_file (
  preparation bigint not null references preparation,
  n int not null check (n >= 1),
  purpose text not null check (purpose in ('evidence', 'document')),
  file_name text not null,
  sha256 text not null references kept_file,
  account text not null references auth_user,
  name text not null,
  at timestamptz not null default now(),
  primary key (preparation, n)
);
-- Until now evidence came with the beginning alone.
insert into preparation_file (preparation, n, purpose, file_name, sha256, account, name, at)
  select no, 1, 'evidence', 'evidence.json', evidence_sha256, account, name, at
  from preparation join preparation_revision on preparation = no and n = 1
  where evidence_sha256 is not null;
alter table preparation drop column evidence_sha256;
create trigger preparation_file_append_only before update or delete or truncate on preparation_file
  for each statement execute function case_refuse_change();
-- The unsigned bundle, as it was written of a revision, for somebody to sign.
create table preparation_bundle (
  preparation bigint not null references preparation,
  n int not null check (n >= 1),
  revision int not null,
  round int not null check (round >= 1),
  day date not null,
  sha256 text not null references kept_file,
  account text not null references auth_user,
  name text not null,
  at timestamptz not null default now(),
  primary key (preparation, n),
  foreign key (preparation, revision) references preparation_revision
);
create trigger preparation_bundle_append_only before update or delete or truncate on preparation_bundle
  for each statement execute function case_refuse_change();
-- A signed bundle that was filed: into a case here, or handed out to be carried to its office.
create table preparation_filing (
  preparation bigint not null,
  bundle int not null,
  sha256 text not null references kept_file,
  case_no text,
  signed_by jsonb not null check (jsonb_typeof(signed_by) = 'array'),
  day date not null,
  account text not null references auth_user,
  name text not null,
  at timestamptz not null default now(),
  primary key (preparation, bundle),
  foreign key (preparation, bundle) references preparation_bundle
);
create trigger preparation_filing_append_only before update or delete or truncate on preparation_filing
  for each statement execute function case_refuse_change();
-- What one person says to the others about a field.
create table preparation_comment (
  preparation bigint not null references preparation,
  n int not null check (n >= 1),
  place text not null,
  words text not null check (words <> ''),
  account text not null references auth_user,
  name text not null,
  at timestamptz not null default now(),
  primary key (preparation, n)
);
create trigger preparation_comment_append_only before update or delete or truncate on preparation_comment
  for each statement execute function case_refuse_change();
`,
  },
] as const

export interface PreparationTables {
  preparation: {
    no: Generated<number | string>
    organization_id: string
    started_at: Generated<Date>
  }
  preparation_revision: {
    preparation: number | string
    n: number
    account: string
    name: string
    at: Generated<Date>
    key: string
    changes: unknown
  }
  upload: {
    id: string
    account: string
    file_name: string
    bytes: number | string
    received: Generated<number | string>
    sha256: string | null
    started_at: Generated<Date>
  }
  preparation_now: {
    preparation: number | string
    revision: number
    tree: unknown
    touched: unknown
    changed_at: Date
    changed_by: string
  }
  preparation_file: {
    preparation: number | string
    n: number
    purpose: 'evidence' | 'document'
    file_name: string
    sha256: string
    account: string
    name: string
    at: Generated<Date>
  }
  preparation_bundle: {
    preparation: number | string
    n: number
    revision: number
    round: number
    day: string
    sha256: string
    account: string
    name: string
    at: Generated<Date>
  }
  preparation_filing: {
    preparation: number | string
    bundle: number
    sha256: string
    case_no: string | null
    signed_by: unknown
    day: string
    account: string
    name: string
    at: Generated<Date>
  }
  preparation_comment: {
    preparation: number | string
    n: number
    place: string
    words: string
    account: string
    name: string
    at: Generated<Date>
  }
}
