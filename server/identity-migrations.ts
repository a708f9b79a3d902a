import type { Generated } from 'kysely'
import type { OrganisationKind } from './contract/session.ts'

/**
 * Accounts, sessions and factors are ours (docs/decisions/0010): the earlier tables of sessions, credentials and
 * invitations held tokens that can be used by whoever reads them, and no account but a pilot's was ever in them.
 */
export const identities = `
drop table auth_session;
drop table auth_account;
drop table auth_verification;
drop table auth_invitation;

alter table auth_user drop column email_verified;
alter table auth_user drop column image;
-- A password as scrypt$log2N$r$p$salt$hash; null for whoever signs in by passkey or single sign-on only.
alter table auth_user add column password text check (password like 'scrypt$%');
alter table auth_user add column off_boarded_at timestamptz;
create unique index auth_user_email on auth_user (lower(email));

-- A recipient abroad is an organisation too; what a role needs is said once, here and in rights.ts.
alter table auth_organization drop constraint auth_organization_kind_check;
alter table auth_organization add constraint auth_organization_kind_check
  check (kind in ('handler', 'province', 'national', 'recipient'));
alter table auth_member alter column organization_kind drop expression;
alter table auth_member alter column organization_kind set not null;
alter table auth_member drop constraint auth_member_role_check;
alter table auth_member add constraint auth_member_role_check check (
  (role = 'handlerOfficer' and organization_kind = 'handler')
  or (role = 'deskOfficer' and organization_kind = 'province')
  or (role = 'assessor' and organization_kind = 'national')
  or (role = 'recipientOfficer' and organization_kind = 'recipient')
  or (role = 'supervisor' and organization_kind in ('handler', 'province', 'national'))
  or role = 'administrator');

-- A session is the hash of its token. An ended one stays, so that a token used again is known for what it is.
create table auth_session (
  id text primary key,
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  user_id text not null references auth_user,
  -- SHA-256 of the browser's User-Agent: another browser with the same cookie is not the one that signed in.
  browser text not null,
  -- Whether a second factor was proven when it was opened.
  second_factor boolean not null,
  created_at timestamptz not null,
  used_at timestamptz not null,
  -- When the person last proved who they are.
  verified_at timestamptz not null,
  ended_at timestamptz,
  ended_because text check (ended_because in
    ('signed-out', 'idle', 'too-old', 'clock', 'off-boarded', 'other-browser', 'no-second-factor', 'credentials-changed')),
  presented_after_end_at timestamptz,
  check ((ended_at is null) = (ended_because is null))
);
create index auth_session_user on auth_session (user_id) where ended_at is null;
create function auth_session_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.ended_at is not null
    and (new.ended_at, new.ended_because, new.used_at, new.verified_at, new.token_hash, new.user_id)
      is distinct from (old.ended_at, old.ended_because, old.used_at, old.verified_at, old.token_hash, old.user_id) then
    raise exception 'an ended session stays ended' using errcode = 'integrity_constraint_violation';
  end if;
  if new.ended_at is null and exists (select from auth_user where id = new.user_id and off_boarded_at is not null) then
    raise exception 'account % was off-boarded' , new.user_id using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger auth_session_guard before insert or update on auth_session
  for each row execute function auth_session_guard();
-- Whoever leaves is out in the same statement.
create function auth_user_off_boarded() returns trigger language plpgsql as $$
begin
  if old.off_boarded_at is not null and new.off_boarded_at is distinct from old.off_boarded_at then
    raise exception 'an off-boarded account stays off-boarded' using errcode = 'integrity_constraint_violation';
  end if;
  if new.off_boarded_at is not null and old.off_boarded_at is null then
    update auth_session set ended_at = new.off_boarded_at, ended_because = 'off-boarded'
      where user_id = new.id and ended_at is null;
  end if;
  return new;
end $$;
create trigger auth_user_off_boarded after update of off_boarded_at on auth_user
  for each row execute function auth_user_off_boarded();

-- What a browser has to answer once: a second factor still missing, a passkey's challenge, a provider's answer.
create table auth_challenge (
  token_hash text primary key check (token_hash ~ '^[0-9a-f]{64}$'),
  kind text not null check (kind in ('second-factor', 'passkey', 'passkey-new', 'single-sign-on')),
  user_id text references auth_user on delete cascade,
  value text not null,
  wrong int not null default 0,
  expires_at timestamptz not null
);

-- The authenticator's secret, encrypted with a key outside the database; the last step used, so that no code counts twice.
create table auth_totp (
  user_id text primary key references auth_user on delete cascade,
  sealed text not null,
  confirmed_at timestamptz,
  last_step bigint not null default 0
);
create function auth_totp_guard() returns trigger language plpgsql as $$
begin
  if old.confirmed_at is not null and new.sealed = old.sealed and new.last_step < old.last_step then
    raise exception 'a used code does not become unused' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger auth_totp_guard before update on auth_totp for each row execute function auth_totp_guard();
create table auth_recovery_code (
  user_id text not null references auth_user on delete cascade,
  code_hash text not null check (code_hash ~ '^[0-9a-f]{64}$'),
  used_at timestamptz,
  primary key (user_id, code_hash)
);
create table auth_passkey (
  id text primary key,
  user_id text not null references auth_user on delete cascade,
  name text not null,
  public_key text not null,
  counter bigint not null,
  transports text not null,
  created_at timestamptz not null,
  used_at timestamptz
);
create index auth_passkey_user on auth_passkey (user_id);
-- Who somebody is at a provider of single sign-on; linked once, never to another account.
create table auth_federated (
  issuer text not null,
  subject text not null,
  user_id text not null references auth_user on delete cascade,
  linked_at timestamptz not null,
  primary key (issuer, subject),
  unique (issuer, user_id)
);

create table auth_invitation (
  id text primary key,
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  organization_id text not null references auth_organization,
  email text not null check (email = lower(email)),
  name text not null,
  role text not null,
  -- Null where it was made on the machine itself.
  invited_by text references auth_user,
  -- The account whose access it renews; null where it makes a new one.
  renews text references auth_user,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by text references auth_user,
  withdrawn_at timestamptz,
  check ((accepted_at is null) = (accepted_by is null)),
  check (accepted_at is null or withdrawn_at is null)
);
create function auth_invitation_guard() returns trigger language plpgsql as $$
begin
  if old.accepted_at is not null or old.withdrawn_at is not null then
    raise exception 'invitation % is settled', old.id using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger auth_invitation_guard before update on auth_invitation
  for each row execute function auth_invitation_guard();

create table service_token (
  id text primary key,
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  organization_id text not null references auth_organization,
  name text not null,
  scopes jsonb not null check (jsonb_typeof(scopes) = 'array' and jsonb_array_length(scopes) > 0),
  created_by text not null references auth_user,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at <= created_at + interval '366 days'),
  revoked_at timestamptz,
  used_at timestamptz
);

-- What happened to identities. The organisation's administrator reads its own; what belongs to none (a wrong address) is
-- read on the machine.
create table security_event (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  kind text not null,
  organization_id text references auth_organization,
  user_id text references auth_user,
  by_user text references auth_user,
  detail jsonb not null
);
create index security_event_organization on security_event (organization_id, id);
-- Who looked into which case; its supervisor reads it.
create table case_access (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  case_no text not null,
  operation text not null,
  actor text not null,
  actor_name text not null,
  role text not null,
  organization_id text not null references auth_organization,
  organization_name text not null
);
create index case_access_case on case_access (case_no, id);
create trigger security_event_append_only before update or delete or truncate on security_event
  for each statement execute function case_refuse_change();
create trigger case_access_append_only before update or delete or truncate on case_access
  for each statement execute function case_refuse_change();
`

export interface IdentityTables {
  auth_user: {
    id: string
    name: string
    email: string
    password: string | null
    off_boarded_at: Date | null
    created_at: Generated<Date>
  }
  auth_organization: {
    id: string
    name: string
    slug: string
    created_at: Date
    kind: OrganisationKind
    credit_code: string | null
    province: string | null
    second_factor_required: Generated<boolean>
  }
  auth_member: {
    id: string
    organization_id: string
    organization_kind: OrganisationKind
    user_id: string
    role: string
    created_at: Date
  }
  auth_session: {
    id: string
    token_hash: string
    user_id: string
    browser: string
    second_factor: boolean
    created_at: Date
    used_at: Date
    verified_at: Date
    ended_at: Date | null
    ended_because: EndedBecause | null
    presented_after_end_at: Date | null
  }
  auth_challenge: {
    token_hash: string
    kind: ChallengeKind
    user_id: string | null
    value: string
    wrong: Generated<number>
    expires_at: Date
  }
  auth_totp: { user_id: string; sealed: string; confirmed_at: Date | null; last_step: Generated<number | string> }
  auth_recovery_code: { user_id: string; code_hash: string; used_at: Date | null }
  auth_passkey: {
    id: string
    user_id: string
    name: string
    public_key: string
    counter: number | string
    transports: string
    created_at: Date
    used_at: Date | null
  }
  auth_federated: { issuer: string; subject: string; user_id: string; linked_at: Date }
  auth_invitation: {
    id: string
    token_hash: string
    organization_id: string
    email: string
    name: string
    role: string
    invited_by: string | null
    renews: string | null
    created_at: Date
    expires_at: Date
    accepted_at: Date | null
    accepted_by: string | null
    withdrawn_at: Date | null
  }
  service_token: {
    id: string
    token_hash: string
    organization_id: string
    name: string
    scopes: unknown
    created_by: string
    created_at: Date
    expires_at: Date
    revoked_at: Date | null
    used_at: Date | null
  }
  security_event: {
    id: Generated<number | string>
    at: Date
    kind: string
    organization_id: string | null
    user_id: string | null
    by_user: string | null
    detail: unknown
  }
  case_access: {
    id: Generated<number | string>
    at: Date
    case_no: string
    operation: string
    actor: string
    actor_name: string
    role: string
    organization_id: string
    organization_name: string
  }
}

/** Why a session is over. */
export type EndedBecause =
  | 'signed-out'
  | 'idle'
  | 'too-old'
  | 'clock'
  | 'off-boarded'
  | 'other-browser'
  | 'no-second-factor'
  | 'credentials-changed'

export type ChallengeKind = 'second-factor' | 'passkey' | 'passkey-new' | 'single-sign-on'
