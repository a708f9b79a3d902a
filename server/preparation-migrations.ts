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
] as const

export interface PreparationTables {
  preparation: {
    no: Generated<number | string>
    organization_id: string
    evidence_sha256: string | null
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
}
