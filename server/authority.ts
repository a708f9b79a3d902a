import {
  eventKinds,
  hasPassed,
  isDecided,
  letterOf,
  load,
  caseNo,
  permitOf,
  revokedPermitsOf,
} from '@tongguan/casework'
import type { Case } from '@tongguan/casework'
import { writeWord } from '@tongguan/dossier'
import type { Block } from '@tongguan/dossier'
import { signPermit, signRevocations } from '@tongguan/gate'
import type { GateKey, Revocations, SignedPermit } from '@tongguan/gate'
import { legalDate } from '@tongguan/law'
import type { LegalDate } from '@tongguan/law'
import type { Installation } from './installation.ts'
import type { Records } from './records.ts'

/** The permit of a passed case, signed by the authority's key; null where nothing of it is in force. */
export function signedPermitOf(current: Case, key: GateKey, { kind }: Installation): SignedPermit | null {
  if (!hasPassed(current)) return null
  const permit = permitOf(current, {
    kind: kind === 'pilot' ? 'simulated' : 'issued',
    keyId: key.keyId,
    suite: 'EdDSA',
  })
  return signPermit(permit, [key])
}

/** How long a gate may rely on one list, in days: it fetches the next long before. */
const listHoldsDays = 7

/** A key nobody may believe any more. */
export interface RevokedKey {
  readonly keyId: string
  readonly on: LegalDate
  readonly because: string
}

/**
 * The signed list of what no longer holds, for gates to fetch: permits stopped (Order 11 art. 17), superseded or
 * contested, and keys. A key listed here is a technical state of that key and no decision about an export; it says so.
 */
export async function revocationList({ db }: Records, key: GateKey, at: Date): Promise<string> {
  const ended = eventKinds.filter((kind) => ['stopOrdered', 'superseded', 'reassessmentRequested'].includes(kind))
  const cases = await db
    .selectFrom('case_event')
    .select('case_no')
    .distinct()
    .where('kind', 'in', ended)
    .orderBy('case_no')
    .execute()
  const permits: Revocations['permits'][number][] = []
  for (const { case_no } of cases) {
    const current = await load(db, caseNo(case_no))
    if (current !== null) permits.push(...revokedPermitsOf(current))
  }
  const keys = await db.selectFrom('revoked_key').select(['key_id', 'on_day', 'because']).orderBy('key_id').execute()
  const list: Revocations & { readonly keys: readonly (RevokedKey & { readonly state: 'suspended' })[] } = {
    schema: 'tongguan/revocations/1',
    issuedAt: at.toISOString(),
    nextUpdate: new Date(at.getTime() + listHoldsDays * 86_400_000).toISOString(),
    permits,
    keys: keys.map(({ key_id, on_day, because }) => ({
      keyId: key_id,
      on: legalDate(on_day),
      because,
      state: 'suspended',
    })),
  }
  return signRevocations(list, key)
}

/** The notice of the result as .docx, from the record the permit is rendered from; null where there is no result. */
export function letterFile(
  current: Case,
  language: 'zh' | 'en',
  { simulated }: { readonly simulated: boolean },
): { readonly name: string; readonly bytes: Uint8Array } | null {
  if (!isDecided(current)) return null
  const { title, number, parts } = letterOf(current)
  const blocks: readonly Block[] = [
    { kind: 'title', text: title },
    { kind: 'centred', parts: [{ text: number }] },
    ...parts.map(({ kind, words }): Block =>
      kind === 'heading' ? { kind, level: 2, text: words } : { kind, parts: [{ text: words }], boxed: false },
    ),
  ]
  const imprint = { simulated, reference: current.no, filedOn: current.decision.issued, english: {} }
  const bytes = writeWord({ style: 'report', name: title, blocks }, imprint, language)
  return { name: `${title[language]} ${current.no}.docx`, bytes }
}
