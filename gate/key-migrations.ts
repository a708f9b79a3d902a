/**
 * Keys of person sets. A key ends by a row of `set_key_end`, which carries the set's persons over into an amount, deletes
 * their marks and the key; nothing else deletes a mark, and no count falls by it.
 */
export function countingKeys(): readonly string[] {
  return [
    `alter table person_set add column wrapped_key bytea check (octet_length(wrapped_key) = 60)`,
    `alter table person_set add column key_root text check (key_root ~ '^[0-9a-f]{16}$')`,
    `alter table person_set add column records_until date`,
    `alter table person_set add constraint person_set_root_check check ((wrapped_key is null) = (key_root is null))`,
    // Records of what was provided are kept for three years (Network Data Security Management Regulations art. 12).
    `update person_set set records_until = make_date(year + 3, 12, 31) where kind = 'year'`,
    `create table set_key_end (
    set_id bigint not null references person_set (id),
    why text not null check (why in ('due', 'compromised')),
    ended_on date not null,
    ended_at timestamptz not null default clock_timestamp(),
    key_root text,
    general bigint,
    sensitive bigint
  )`,
    `create function set_key_end_guard() returns trigger language plpgsql as $$
  declare counted person_set;
  begin
    if tg_op <> 'INSERT' then raise exception 'the record of a key''s end is kept' using errcode = 'integrity_constraint_violation'; end if;
    select * into strict counted from person_set where id = new.set_id for update;
    if new.why = 'due' and (counted.records_until is null or new.ended_on <= counted.records_until) then
      raise exception 'the records of % are not due', counted.key using errcode = 'integrity_constraint_violation';
    end if;
    new.key_root = counted.key_root;
    new.general = counted.linked_general;
    new.sensitive = counted.linked_sensitive;
    return new;
  end $$`,
    `create trigger set_key_end_guard before insert or update or delete on set_key_end
    for each row execute function set_key_end_guard()`,
    `create trigger set_key_end_keep before truncate on set_key_end
    for each statement execute function set_key_end_guard()`,
    `create function set_key_ended() returns trigger language plpgsql as $$
  begin
    update person_set set unlinked_general = unlinked_general + linked_general, linked_general = 0,
      unlinked_sensitive = unlinked_sensitive + linked_sensitive, linked_sensitive = 0,
      wrapped_key = null, key_root = null
    where id = new.set_id;
    delete from person_mac where set_id = new.set_id;
    return null;
  end $$`,
    `create trigger set_key_ended after insert on set_key_end for each row execute function set_key_ended()`,
    `create or replace function person_set_guard() returns trigger language plpgsql as $$
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
        is distinct from (old.year, old.permit_id, old.scenario, old.permit_digest, old.ceiling_general, old.ceiling_sensitive)
      or old.records_until is not null and new.records_until is distinct from old.records_until then
      raise exception 'a person set keeps its identity, ceilings and dates' using errcode = 'integrity_constraint_violation';
    end if;
    if pg_trigger_depth() < 2 then
      if (new.linked_general, new.linked_sensitive) is distinct from (old.linked_general, old.linked_sensitive) then
        raise exception 'linked persons are counted from person_mac only' using errcode = 'integrity_constraint_violation';
      end if;
      if new.wrapped_key is distinct from old.wrapped_key or new.key_root is distinct from old.key_root then
        if old.wrapped_key is not null or old.linked_general + old.linked_sensitive > 0 then
          raise exception 'the key of counted persons is not exchanged' using errcode = 'integrity_constraint_violation';
        end if;
        if exists (select 1 from set_key_end where set_id = old.id and why = 'due') then
          raise exception 'a set whose key was destroyed takes no other' using errcode = 'integrity_constraint_violation';
        end if;
      end if;
    end if;
    if new.unlinked_general < old.unlinked_general or new.unlinked_sensitive < old.unlinked_sensitive then
      raise exception 'a count of released persons does not fall' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$`,
    `create or replace function person_mac_guard() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' then
      if exists (select 1 from person_set where id = old.set_id and linked_general + linked_sensitive = 0) then return old; end if;
    end if;
    if tg_op <> 'UPDATE' then raise exception 'a counted person is not taken out' using errcode = 'integrity_constraint_violation'; end if;
    if new.set_id <> old.set_id or new.mac <> old.mac or old.sensitive or not new.sensitive then
      raise exception 'a counted person only moves from general to sensitive' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$`,
  ]
}
