/**
 * The log's tables. A leaf is appended in the transaction of the fact it records; the database itself refuses a gap, a
 * change or a removal.
 */
export const logMigrations = [{ id: 'log-1', sql: [...head(), ...leaf()].join(';\n') }] as const

// One row, locked by whoever appends, so leaves are numbered in the order their transactions commit.
function head(): readonly string[] {
  return [
    `create table log_head (
    one boolean primary key default true check (one),
    size bigint not null check (size >= 0)
  )`,
    `insert into log_head (size) values (0)`,
    `create function log_head_guard() returns trigger language plpgsql as $$
  begin
    if tg_op <> 'UPDATE' or pg_trigger_depth() < 2 or new.size <> old.size + 1 then
      raise exception 'the log grows by its leaves only' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$`,
    `create trigger log_head_guard before insert or update or delete on log_head
    for each row execute function log_head_guard()`,
    `create trigger log_head_keep before truncate on log_head for each statement execute function log_head_guard()`,
  ]
}

// `peaks` are the roots of the complete subtrees after this leaf, 32 bytes each: enough to append and to know the root.
function leaf(): readonly string[] {
  return [
    `create table log_leaf (
    index bigint primary key check (index >= 0),
    entry bytea not null check (octet_length(entry) between 1 and 4096),
    peaks bytea not null check (octet_length(peaks) between 32 and 2048 and octet_length(peaks) % 32 = 0)
  )`,
    `create function log_leaf_guard() returns trigger language plpgsql as $$
  begin
    if tg_op <> 'INSERT' then
      raise exception 'a leaf of the log is not changed or removed' using errcode = 'integrity_constraint_violation';
    end if;
    update log_head set size = size + 1 where size = new.index;
    if not found then
      raise exception 'leaf % is not the next one', new.index using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$`,
    `create trigger log_leaf_guard before insert or update or delete on log_leaf
    for each row execute function log_leaf_guard()`,
    `create trigger log_leaf_keep before truncate on log_leaf for each statement execute function log_leaf_guard()`,
  ]
}
