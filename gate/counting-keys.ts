import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import type { LegalDate } from '@tongguan/law'
import { sql } from 'kysely'
import { GateInputError } from './keys.ts'
import type { GateDatabase, GateTransaction, PersonSet } from './ledger.ts'
import type { ReleaseLog } from './log.ts'

/*
 *   root (outside the database) ─ HKDF ─▶ wraps ─▶ one random key per set ─▶ the marks of its persons
 *
 * A set's key is random and not derived from the root, so that it can be destroyed while the root lives on. A year's set
 * is new on 1 January in China and so is its key; a permit's set keeps its key until its records fall due.
 */

/** The key of one set, and as the database keeps it. */
export interface SetKey {
  /** Empty for a set whose persons were counted before sets had keys. */
  readonly key: Uint8Array
  readonly wrapped: Buffer | null
}

/** What names a root without saying it: 16 hexadecimal digits. */
export function countingRootId(root: Uint8Array): string {
  return createHash('sha256').update(derived(root, 'name')).digest('hex').slice(0, 16)
}

/** A new random key for a set, wrapped under the root (AES-256-GCM, bound to the set's name). */
export function newSetKey(root: Uint8Array, setName: string): SetKey {
  const key = randomBytes(keyBytes)
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', derived(root, 'wrap'), nonce).setAAD(Buffer.from(setName))
  const box = Buffer.concat([cipher.update(key), cipher.final()])
  return { key, wrapped: Buffer.concat([nonce, cipher.getAuthTag(), box]) }
}

/** @throws GateInputError `gate.counting-root-differs` where another root wrapped it, or it was changed or moved. */
export function openSetKey(root: Uint8Array, setName: string, wrapped: Buffer): SetKey {
  const opener = createDecipheriv('aes-256-gcm', derived(root, 'wrap'), wrapped.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  }).setAAD(Buffer.from(setName))
  opener.setAuthTag(wrapped.subarray(nonceBytes, nonceBytes + tagBytes))
  const opened = opener.update(wrapped.subarray(nonceBytes + tagBytes))
  try {
    return { key: Buffer.concat([opened, opener.final()]), wrapped }
  } catch {
    throw new GateInputError('gate.counting-root-differs', { root: countingRootId(root), set: setName })
  }
}

/**
 * The key a set has, or would get, before anybody waits for its lock; `settleKey` says under the lock whether it is so.
 *
 * @throws GateInputError `gate.counting-root-differs`
 */
export async function proposeKey(tx: GateTransaction, root: Uint8Array, setName: string): Promise<SetKey> {
  const row = await tx
    .selectFrom('person_set')
    .select(['wrapped_key', 'linked_general', 'linked_sensitive'])
    .where('key', '=', setName)
    .executeTakeFirst()
  if (row?.wrapped_key) return openSetKey(root, setName, Buffer.from(row.wrapped_key))
  const hasMarks = row !== undefined && Number(row.linked_general) + Number(row.linked_sensitive) > 0
  return hasMarks ? unkeyed : newSetKey(root, setName)
}

/**
 * The key of a locked set: `proposed` where that is still it. A set without marks takes the proposed key as its own.
 *
 * @throws GateInputError `gate.counting-root-differs`, `gate.counting-key-destroyed`
 */
export async function settleKey(
  tx: GateTransaction,
  root: Uint8Array,
  set: PersonSet,
  proposed: SetKey,
): Promise<SetKey> {
  if (set.keyDestroyed) throw new GateInputError('gate.counting-key-destroyed', { set: set.key })
  if (set.wrappedKey !== null) {
    return proposed.wrapped?.equals(set.wrappedKey) === true ? proposed : openSetKey(root, set.key, set.wrappedKey)
  }
  if (set.linkedGeneral + set.linkedSensitive > 0) return unkeyed
  const taken = proposed.wrapped === null ? newSetKey(root, set.key) : proposed
  await sql`update person_set set wrapped_key = ${taken.wrapped}::bytea, key_root = ${countingRootId(root)}
    where id = ${set.id}`.execute(tx)
  return taken
}

/** A set whose key ends: with how many persons, and why. */
export interface EndedKey {
  readonly set: string
  readonly general: number
  readonly sensitive: number
}

export interface KeyEnding {
  /** `due`: the records of the set need no longer be kept. `compromised`: somebody else may have the root. */
  readonly why: 'due' | 'compromised'
  readonly on: LegalDate
}

/** The sets whose keys would end, by what `endKeys` would do. */
export async function keysToEnd(db: GateDatabase, ending: KeyEnding): Promise<readonly EndedKey[]> {
  return (await setsToEnd(db, ending)).map(ended)
}

/**
 * Ends the keys of sets: key and marks are deleted, and the persons stay counted as an amount of people nobody can
 * recognise any more. Each of them counts again when they come again, so that a ceiling is never passed. Record and
 * leaf are written in the same transaction.
 */
export async function endKeys(
  db: GateDatabase,
  log: Pick<ReleaseLog, 'append'>,
  ending: KeyEnding,
): Promise<readonly EndedKey[]> {
  return db.transaction().execute(async (tx) => {
    const sets = await setsToEnd(tx, ending, { lock: true })
    for (const { id } of sets) {
      await sql`insert into set_key_end (set_id, why, ended_on) values (${id}::bigint, ${ending.why}, ${ending.on}::date)`.execute(
        tx,
      )
    }
    const type = ending.why === 'due' ? 'counting-key-destroyed' : 'counting-key-replaced'
    for (const set of sets) {
      // The name of a set holds a handler's or a permit's number: its digest will do for whoever has the ledger.
      const named = createHash('sha256').update(set.key).digest('hex')
      await log.append(tx, { type, set: named, root: set.key_root, on: ending.on, ...amounts(set) })
    }
    return sets.map(ended)
  })
}

interface SetRow {
  readonly id: number | string
  readonly key: string
  readonly key_root: string | null
  readonly linked_general: number | string
  readonly linked_sensitive: number | string
}

async function setsToEnd(
  db: GateDatabase | GateTransaction,
  { why, on }: KeyEnding,
  { lock = false } = {},
): Promise<readonly SetRow[]> {
  const due = why === 'due' ? sql`and records_until < ${on}::date` : sql``
  const { rows } = await sql<SetRow>`select id, key, key_root, linked_general, linked_sensitive from person_set
    where (wrapped_key is not null or linked_general + linked_sensitive > 0) ${due}
    order by kind, key ${lock ? sql`for update` : sql``}`.execute(db)
  return rows
}

const ended = (set: SetRow): EndedKey => ({ set: set.key, ...amounts(set) })

const amounts = (set: SetRow) => ({
  general: Number(set.linked_general),
  sensitive: Number(set.linked_sensitive),
})

/** The roots the database's keys are wrapped under; more than one says that a rotation was interrupted. */
export async function rootsInUse(db: GateDatabase): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('person_set')
    .select('key_root')
    .distinct()
    .where('key_root', 'is not', null)
    .execute()
  return rows.flatMap(({ key_root }) => key_root ?? [])
}

const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16
const unkeyed: SetKey = { key: new Uint8Array(0), wrapped: null }

function derived(root: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', root, '', `tongguan counting ${purpose}`, keyBytes))
}
