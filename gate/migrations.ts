import type { Generated } from 'kysely'
import { countingKeys } from './key-migrations.ts'

/**
 * The gate's tables. What must not happen, the database refuses by itself: a counter that disagrees with its set, a
 * ceiling passed, a person taken out again, a decided batch decided otherwise.
 */
export const gateMigrations: readonly GateMigration[] = [
  { id: 'gate-1', sql: [...personSet(), ...personMac(), ...batch()].join(';\n') },
  { id: 'gate-2', sql: handler().join(';\n') },
  { id: 'gate-3', sql: logged().join(';\n') },
  { id: 'gate-4', sql: approvals().join(';\n') },
  { id: 'gate-5', sql: oneCheckAStatement().join(';\n') },
  { id: 'gate-6', sql: stops().join(';\n') },
  { id: 'gate-sealed-1', sql: sealed().join(';\n') },
  { id: 'gate-rights-1', sql: openingBalances().join(';\n') },
  { id: 'gate-keys-1', sql: countingKeys().join(';\n') },
]

/** A migration as the server applies it: once, in a transaction of its own. */
export interface GateMigration {
  readonly id: string
  readonly sql: string
}

/** The gate's tables as kysely sees them. Counts come back as text from one driver and numbers from another: read by `Number`. */
export interface GateTables {
  readonly gate_handler: { readonly credit_code: string }
  readonly person_set: PersonSetTable
  readonly batch: BatchTable
  readonly batch_intent: BatchIntentTable
  readonly batch_approval: BatchApprovalTable
  readonly batch_content_receipt: { readonly batch_id: string; readonly envelope: string }
  readonly opening_balance: {
    readonly handler: string
    readonly id: string
    readonly balance: unknown
    readonly envelope: unknown
  }
  readonly batch_stop: {
    readonly name: string
    readonly stopped_by: string
    readonly because: string
    readonly envelope: string
  }
}

interface BatchIntentTable {
  readonly handler: string
  readonly name: string
  readonly digest: string
  readonly intent: string
  readonly made_at: Generated<Date | string>
}

interface BatchApprovalTable {
  readonly digest: string
  readonly key_id: string
  readonly envelope: string
}

interface PersonSetTable {
  readonly key: string
  readonly handler: string
  /** Of a permit's set; null of a year's. */
  readonly permit_id: string | null
  readonly scenario: string | null
  readonly ceiling_general: number | string | null
  readonly ceiling_sensitive: number | string | null
  readonly linked_general: number | string
  readonly linked_sensitive: number | string
  readonly unlinked_general: number | string
  readonly unlinked_sensitive: number | string
  readonly permit_digest: string | null
  /** The set's key, encrypted under the root of that name; null before the first person. */
  readonly wrapped_key: Uint8Array | null
  readonly key_root: string | null
}

export interface BatchTable {
  readonly id: string
  readonly handler: string
  readonly name: string
  readonly digest: string
  readonly permit_id: string
  readonly permit_digest: string
  readonly scenario: string
  readonly recipient_name: string
  readonly recipient_country: string
  readonly pilot: boolean
  readonly mode: 'plaintext' | 'sealed'
  /** The recipient's age key a sealed batch is for. */
  readonly sealed_to: string | null
  readonly capsule: string | null
  /** The second decision as its leaf records it; with the leaf's proof and signed in `key_envelope`. */
  readonly key_statement: string | null
  readonly key_log_index: number | string | null
  readonly key_envelope: string | null
  readonly state: 'authorised' | 'published' | 'sent' | 'key-authorised' | 'delivered' | 'held'
  /** Of its leaf; null for what was decided before there was a log. */
  readonly log_index: number | string | null
  readonly decided_on: string
  readonly decided_at: Generated<Date | string>
  readonly bytes: number | string
  readonly reasons: string
  readonly envelope: string
  readonly source: string
  readonly into_folder: string
  readonly private_folder: string
  readonly delivered_at: Date | string | null
}

// A counter row is what concurrent batches lock (SELECT … FOR UPDATE). Its `linked` figures are written by the trigger
// on person_mac alone, so they are the set's size by construction; `unlinked` are rows without any identifier.
function personSet(): readonly string[] {
  return [
    `create table person_set (
    id bigint generated always as identity primary key,
    key text not null unique,
    kind text not null check (kind in ('year', 'permit')),
    handler text not null,
    year int,
    permit_id text,
    scenario text,
    permit_digest text check (permit_digest ~ '^[0-9a-f]{64}$'),
    ceiling_general bigint check (ceiling_general >= 0),
    ceiling_sensitive bigint check (ceiling_sensitive >= 0),
    linked_general bigint not null default 0 check (linked_general >= 0),
    linked_sensitive bigint not null default 0 check (linked_sensitive >= 0),
    unlinked_general bigint not null default 0 check (unlinked_general >= 0),
    unlinked_sensitive bigint not null default 0 check (unlinked_sensitive >= 0),
    check ((kind = 'year') = (year is not null)),
    check ((kind = 'permit') = (permit_id is not null and scenario is not null and permit_digest is not null
      and ceiling_general is not null and ceiling_sensitive is not null))
  )`,
    `create function person_set_guard() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' then raise exception 'a person set is not deleted' using errcode = 'integrity_constraint_violation'; end if;
    if tg_op = 'INSERT' then
      if new.linked_general + new.linked_sensitive + new.unlinked_general + new.unlinked_sensitive <> 0 then
        raise exception 'a person set starts empty' using errcode = 'integrity_constraint_violation';
      end if;
      return new;
    end if;
    if (new.id, new.key, new.kind, new.handler) is distinct from (old.id, old.key, old.kind, old.handler)
      or (new.year, new.permit_id, new.scenario, new.permit_digest, new.ceiling_general, new.ceiling_sensitive)
        is distinct from (old.year, old.permit_id, old.scenario, old.permit_digest, old.ceiling_general, old.ceiling_sensitive) then
      raise exception 'a person set keeps its identity and ceilings' using errcode = 'integrity_constraint_violation';
    end if;
    if pg_trigger_depth() < 2
      and (new.linked_general, new.linked_sensitive) is distinct from (old.linked_general, old.linked_sensitive) then
      raise exception 'linked persons are counted from person_mac only' using errcode = 'integrity_constraint_violation';
    end if;
    if new.unlinked_general < old.unlinked_general or new.unlinked_sensitive < old.unlinked_sensitive then
      raise exception 'a count of released persons does not fall' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$`,
    `create trigger person_set_guard before insert or update or delete on person_set
    for each row execute function person_set_guard()`,
    // At commit, because a batch first counts and then decides: an overshoot is rolled back to a savepoint before that.
    `create function person_set_ceiling() returns trigger language plpgsql as $$
  declare counted person_set;
  begin
    select * into strict counted from person_set where id = new.id;
    if counted.linked_general + counted.unlinked_general > counted.ceiling_general
      or counted.linked_sensitive + counted.unlinked_sensitive > counted.ceiling_sensitive then
      raise exception 'person set % is over its ceiling', counted.key using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$`,
    `create constraint trigger person_set_ceiling after insert or update on person_set
    deferrable initially deferred for each row execute function person_set_ceiling()`,
  ]
}

function personMac(): readonly string[] {
  return [
    `create table person_mac (
    set_id bigint not null references person_set (id),
    mac bytea not null check (octet_length(mac) = 16),
    sensitive boolean not null,
    primary key (set_id, mac)
  )`,
    `create function person_mac_guard() returns trigger language plpgsql as $$
  begin
    if tg_op <> 'UPDATE' then raise exception 'a counted person is not taken out' using errcode = 'integrity_constraint_violation'; end if;
    if new.set_id <> old.set_id or new.mac <> old.mac or old.sensitive or not new.sensitive then
      raise exception 'a counted person only moves from general to sensitive' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$`,
    `create trigger person_mac_guard before update or delete on person_mac for each row execute function person_mac_guard()`,
    `create trigger person_mac_keep before truncate on person_mac for each statement execute function person_mac_guard()`,
    `create function person_mac_added() returns trigger language plpgsql as $$
  begin
    update person_set set linked_general = linked_general + added.general, linked_sensitive = linked_sensitive + added.sensitive
    from (select set_id, count(*) filter (where not sensitive) as general, count(*) filter (where sensitive) as sensitive
      from fresh group by set_id) as added
    where person_set.id = added.set_id;
    return null;
  end $$`,
    `create trigger person_mac_added after insert on person_mac referencing new table as fresh
    for each statement execute function person_mac_added()`,
    `create function person_mac_moved() returns trigger language plpgsql as $$
  begin
    update person_set set linked_general = linked_general - moved.persons, linked_sensitive = linked_sensitive + moved.persons
    from (select set_id, count(*) as persons from fresh group by set_id) as moved
    where person_set.id = moved.set_id;
    return null;
  end $$`,
    `create trigger person_mac_moved after update on person_mac referencing new table as fresh
    for each statement execute function person_mac_moved()`,
  ]
}

// authorised → delivered; held and delivered are final. `envelope` is the signed manifest, or the signed refusal.
function batch(): readonly string[] {
  return [
    `create table batch (
    id uuid primary key,
    handler text not null,
    name text not null,
    digest text not null check (digest ~ '^[0-9a-f]{64}$'),
    permit_id text not null,
    permit_digest text not null check (permit_digest ~ '^[0-9a-f]{64}$'),
    scenario text not null,
    recipient_name text not null,
    recipient_country text not null,
    pilot boolean not null,
    state text not null check (state in ('authorised', 'delivered', 'held')),
    decided_on date not null,
    bytes bigint not null check (bytes >= 0),
    reasons jsonb not null check (jsonb_typeof(reasons) = 'array'),
    envelope text not null,
    source text not null,
    into_folder text not null,
    private_folder text not null,
    decided_at timestamptz not null default clock_timestamp(),
    delivered_at timestamptz,
    unique (handler, name),
    check ((state = 'delivered') = (delivered_at is not null)),
    check ((state = 'held') or reasons = '[]'::jsonb)
  )`,
    `create function batch_guard() returns trigger language plpgsql as $$
  begin
    if tg_op = 'INSERT' then
      if new.state = 'delivered' then raise exception 'a batch is authorised before it is delivered' using errcode = 'integrity_constraint_violation'; end if;
      return new;
    end if;
    if tg_op <> 'UPDATE' then raise exception 'a decided batch is not deleted' using errcode = 'integrity_constraint_violation'; end if;
    if old.state <> 'authorised' or new.state not in ('authorised', 'delivered') then
      raise exception 'batch % is %: final', old.name, old.state using errcode = 'integrity_constraint_violation';
    end if;
    if (to_jsonb(new) - array['state', 'delivered_at', 'private_folder'])
      is distinct from (to_jsonb(old) - array['state', 'delivered_at', 'private_folder']) then
      raise exception 'a decision is not rewritten' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$`,
    `create trigger batch_guard before insert or update or delete on batch for each row execute function batch_guard()`,
    `create trigger batch_keep before truncate on batch for each statement execute function batch_guard()`,
  ]
}

// Whose database this is: once said, of nobody else's batches.
function handler(): readonly string[] {
  return [
    `create table gate_handler (
    one boolean primary key default true check (one),
    credit_code text not null
  )`,
    `create function gate_handler_guard() returns trigger language plpgsql as $$
  begin
    raise exception 'a database keeps its handler' using errcode = 'integrity_constraint_violation';
  end $$`,
    `create trigger gate_handler_guard before update or delete on gate_handler
    for each row execute function gate_handler_guard()`,
    `create trigger gate_handler_keep before truncate on gate_handler
    for each statement execute function gate_handler_guard()`,
    `create function batch_of_handler() returns trigger language plpgsql as $$
  begin
    if exists (select 1 from gate_handler where credit_code <> new.handler) then
      raise exception 'a batch of another handler' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$`,
    `create trigger batch_of_handler before insert on batch for each row execute function batch_of_handler()`,
  ]
}

// authorised → published → delivered. Publishing adds the log's proof to the manifest, once; every other word stays.
function logged(): readonly string[] {
  return [
    `alter table batch drop constraint batch_state_check`,
    `alter table batch add constraint batch_state_check check (state in ('authorised', 'published', 'delivered', 'held'))`,
    `alter table batch add column log_index bigint unique check (log_index >= 0)`,
    `create or replace function batch_guard() returns trigger language plpgsql as $$
  declare changes text[] = array['private_folder', 'state'];
  begin
    if tg_op = 'INSERT' then
      if new.state not in ('authorised', 'held') then raise exception 'a batch is decided before it moves' using errcode = 'integrity_constraint_violation'; end if;
      if new.log_index is null then raise exception 'a decision has its leaf in the log' using errcode = 'integrity_constraint_violation'; end if;
      return new;
    end if;
    if tg_op <> 'UPDATE' then raise exception 'a decided batch is not deleted' using errcode = 'integrity_constraint_violation'; end if;
    if old.state = 'authorised' and new.state = 'published' and old.log_index is not null then changes = changes || array['envelope'];
    elsif new.state = 'delivered' and (old.state = 'published' or old.state = 'authorised' and old.log_index is null) then
      changes = changes || array['delivered_at'];
    elsif old.state in ('delivered', 'held') or new.state <> old.state then
      raise exception 'batch % is %: no way from there to %', old.name, old.state, new.state using errcode = 'integrity_constraint_violation';
    end if;
    if (to_jsonb(new) - changes) is distinct from (to_jsonb(old) - changes) then
      raise exception 'a decision is not rewritten' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$`,
  ]
}

// What two persons are asked to sign, and what they signed; neither is changed afterwards.
function approvals(): readonly string[] {
  return [
    `create table batch_intent (
    handler text not null,
    name text not null,
    digest text not null unique check (digest ~ '^[0-9a-f]{64}$'),
    intent text not null,
    made_at timestamptz not null default clock_timestamp(),
    primary key (handler, name, digest)
  )`,
    `create table batch_approval (
    digest text not null references batch_intent (digest),
    key_id text not null,
    envelope text not null,
    approved_at timestamptz not null default clock_timestamp(),
    primary key (digest, key_id)
  )`,
    `create function approval_guard() returns trigger language plpgsql as $$
  begin
    raise exception 'an intent and its approvals are kept as they were' using errcode = 'integrity_constraint_violation';
  end $$`,
    ...['batch_intent', 'batch_approval'].flatMap((table) => [
      `create trigger ${table}_guard before update or delete on ${table} for each row execute function approval_guard()`,
      `create trigger ${table}_keep before truncate on ${table} for each statement execute function approval_guard()`,
    ]),
  ]
}

// A foreign key is checked row by row; for a million persons of one set that took most of the time. The trigger that
// counts a statement's rows checks its sets, too, and a set is never deleted.
function oneCheckAStatement(): readonly string[] {
  return [
    `alter table person_mac drop constraint person_mac_set_id_fkey`,
    `create or replace function person_mac_added() returns trigger language plpgsql as $$
  declare sets bigint; counted bigint;
  begin
    with added as (
      select set_id, count(*) filter (where not sensitive) as general, count(*) filter (where sensitive) as sensitive
      from fresh group by set_id),
    done as (
      update person_set set linked_general = linked_general + added.general, linked_sensitive = linked_sensitive + added.sensitive
      from added where person_set.id = added.set_id returning 1)
    select (select count(*) from added), (select count(*) from done) into sets, counted;
    if sets <> counted then
      raise exception 'a person of no set' using errcode = 'foreign_key_violation';
    end if;
    return null;
  end $$`,
  ]
}

// A stop is for good, and the database refuses the delivery of what was stopped.
function stops(): readonly string[] {
  return [
    `create table batch_stop (
    name text primary key,
    stopped_by text not null,
    because text not null,
    envelope text not null,
    stopped_at timestamptz not null default clock_timestamp()
  )`,
    `create trigger batch_stop_guard before update or delete on batch_stop for each row execute function approval_guard()`,
    `create trigger batch_stop_keep before truncate on batch_stop for each statement execute function approval_guard()`,
    `create function batch_not_stopped() returns trigger language plpgsql as $$
  begin
    if exists (select 1 from batch_stop where name = new.name) then
      raise exception 'batch % was stopped', new.name using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$`,
    `create trigger batch_not_stopped before update on batch for each row
    when (new.state = 'delivered' and old.state <> 'delivered') execute function batch_not_stopped()`,
  ]
}

// Sealed: published → sent (container in the target) → key-authorised (with its receipt and a leaf of its own) →
// key-authorised with the leaf's proof → delivered (key in the target). `capsule` opens with the recipient's key alone.
function sealed(): readonly string[] {
  return [
    `alter table batch drop constraint batch_state_check`,
    `alter table batch add constraint batch_state_check
      check (state in ('authorised', 'published', 'sent', 'key-authorised', 'delivered', 'held'))`,
    `alter table batch
      add column mode text not null default 'plaintext' check (mode in ('plaintext', 'sealed')),
      add column sealed_to text,
      add column capsule text,
      add column key_statement text,
      add column key_log_index bigint unique check (key_log_index >= 0),
      add column key_envelope text,
      add check ((mode = 'sealed') = (sealed_to is not null)),
      add check ((mode = 'sealed' and state <> 'held') = (capsule is not null)),
      add check (state not in ('sent', 'key-authorised') or mode = 'sealed'),
      add check ((mode = 'sealed' and state in ('key-authorised', 'delivered')) = (key_log_index is not null)),
      add check ((key_log_index is null) = (key_statement is null)),
      add check (mode = 'plaintext' or state <> 'delivered' or key_envelope is not null)`,
    `create or replace function batch_guard() returns trigger language plpgsql as $$
  declare changes text[] = array['private_folder', 'state'];
  begin
    if tg_op = 'INSERT' then
      if new.state not in ('authorised', 'held') then raise exception 'a batch is decided before it moves' using errcode = 'integrity_constraint_violation'; end if;
      if new.log_index is null then raise exception 'a decision has its leaf in the log' using errcode = 'integrity_constraint_violation'; end if;
      return new;
    end if;
    if tg_op <> 'UPDATE' then raise exception 'a decided batch is not deleted' using errcode = 'integrity_constraint_violation'; end if;
    if old.state = 'authorised' and new.state = 'published' and old.log_index is not null then changes = changes || array['envelope'];
    elsif old.state = 'published' and new.state = 'sent' and old.mode = 'sealed' then null;
    elsif old.state = 'sent' and new.state = 'key-authorised' then changes = changes || array['key_statement', 'key_log_index'];
    elsif old.state = 'key-authorised' and new.state = 'key-authorised' and old.key_envelope is null then changes = changes || array['key_envelope'];
    elsif old.state = 'key-authorised' and new.state = 'delivered' then changes = changes || array['delivered_at'];
    elsif old.mode = 'plaintext' and new.state = 'delivered' and (old.state = 'published' or old.state = 'authorised' and old.log_index is null) then
      changes = changes || array['delivered_at'];
    elsif old.state in ('delivered', 'held') or new.state <> old.state then
      raise exception 'batch % is %: no way from there to %', old.name, old.state, new.state using errcode = 'integrity_constraint_violation';
    end if;
    if (to_jsonb(new) - changes) is distinct from (to_jsonb(old) - changes) then
      raise exception 'a decision is not rewritten' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$`,
    `drop trigger batch_not_stopped on batch`,
    `create trigger batch_not_stopped before update on batch for each row
    when (old.state is distinct from new.state
      and (new.state in ('sent', 'key-authorised') or new.state = 'delivered' and new.mode = 'plaintext'))
    execute function batch_not_stopped()`,
    `create table batch_content_receipt (
    batch_id uuid primary key references batch (id),
    envelope text not null,
    received_at timestamptz not null default clock_timestamp()
  )`,
    `create trigger batch_content_receipt_guard before update or delete on batch_content_receipt
    for each row execute function approval_guard()`,
    `create trigger batch_content_receipt_keep before truncate on batch_content_receipt
    for each statement execute function approval_guard()`,
  ]
}

// What was counted before there was a ledger: entered once, signed by two persons, kept as it was signed.
function openingBalances(): readonly string[] {
  return [
    `create table opening_balance (
    handler text not null,
    id text not null,
    balance jsonb not null,
    envelope jsonb not null check (jsonb_array_length(envelope -> 'signatures') >= 2),
    entered_at timestamptz not null default clock_timestamp(),
    primary key (handler, id)
  )`,
    `create trigger opening_balance_guard before update or delete on opening_balance
    for each row execute function approval_guard()`,
    `create trigger opening_balance_keep before truncate on opening_balance
    for each statement execute function approval_guard()`,
  ]
}
