import { createHash } from 'node:crypto'
import type { LegalDate } from '@tongguan/law'
import { legalDate } from '@tongguan/law'
import { DossierInputError } from './errors.ts'
import { readRequestEvent } from './individual-requests.ts'
import type { RequestEvent } from './individual-requests.ts'

/** Who consented, without saying who: a keyed hash a person, kept by the handler and never put in a bundle. */
export interface ConsentLine {
  /** `personMark`, 32 hex digits. */
  readonly person: string
  /** The version of the notice and consent that was signed. */
  readonly version: string
  readonly consentedOn: LegalDate
  readonly withdrawnOn: LegalDate | null
}

export interface ConsentCount {
  /** Distinct persons whose consent holds on the day. */
  readonly inForce: number
  readonly withdrawn: number
  readonly versions: readonly string[]
  readonly on: LegalDate
}

/**
 * Reads a register (one JSON line a consent). A line whose person is no keyed hash is refused, so that names and numbers
 * never come to lie here.
 *
 * @throws DossierInputError `consent.register-unreadable` naming the line, never its content.
 */
export function readConsentRegister(text: string, path: string): readonly ConsentLine[] {
  return readRegisterLines(text, path).consents
}

/** What a register holds: consents, and what individuals asked for. */
export interface PersonRegister {
  readonly consents: readonly ConsentLine[]
  readonly events: readonly RequestEvent[]
}

/** Reads consents and requests. @throws DossierInputError `consent.register-unreadable` */
export function readRegisterLines(text: string, path: string): PersonRegister {
  const lines = text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => {
      try {
        const value = JSON.parse(line) as Record<string, unknown>
        if ('request' in value) return readRequestEvent(value)
        const { person, version, consentedOn, withdrawnOn } = value
        if (typeof person !== 'string' || !/^[0-9a-f]{32}$/.test(person)) throw new Error('person')
        if (typeof version !== 'string' || typeof consentedOn !== 'string') throw new Error('version, consentedOn')
        if (withdrawnOn !== null && typeof withdrawnOn !== 'string') throw new Error('withdrawnOn')
        const withdrawn = withdrawnOn === null ? null : legalDate(withdrawnOn)
        return { person, version, consentedOn: legalDate(consentedOn), withdrawnOn: withdrawn }
      } catch {
        throw new DossierInputError('consent.register-unreadable', {
          zh: `${path} 第 ${number} 行不是一条登记：须有 person（32 位十六进制的带密钥散列）、version、consentedOn、withdrawnOn，或者是 individuals 命令写入的请求。不得写入姓名或证件号。`,
          en: `${path}, line ${number} is no entry: person (a keyed hash, 32 hex digits), version, consentedOn and withdrawnOn are wanted, or a request as individuals writes it. Never a name or number.`,
        })
      }
    })
  return {
    consents: lines.filter((line) => 'person' in line),
    events: lines.filter((line) => 'request' in line),
  }
}

/**
 * The hash a person stands under in the register: of the keyed code the scanner and the gate know the person by, so that
 * register and ledger cannot be joined by whoever reads both without the key.
 *
 * @param code 16 bytes, an HMAC under the handler's counting key
 */
export function personMark(code: Uint8Array): string {
  return createHash('sha256').update('tongguan/consents\u001f').update(code).digest('hex').slice(0, 32)
}

/** The lines as the register holds them. */
export const consentText = (lines: readonly ConsentLine[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('')

/** A person's last line up to the day counts; a withdrawal holds from its own day. */
export function countConsents(register: readonly ConsentLine[], on: LegalDate): ConsentCount {
  const lines = [...lastLines(register, on).values()]
  const withdrawn = lines.filter((line) => isWithdrawn(line, on)).length
  const versions = [...new Set(lines.map(({ version }) => version))].sort()
  return { inForce: lines.length - withdrawn, withdrawn, versions, on }
}

/** What the register says of these persons on a day: how many consents are in force, missing, withdrawn. */
export function lookUpConsents(
  register: readonly ConsentLine[],
  persons: readonly string[],
  on: LegalDate,
): { readonly inForce: number; readonly missing: number; readonly withdrawn: number } {
  const last = lastLines(register, on)
  const seen = { inForce: 0, missing: 0, withdrawn: 0 }
  for (const person of new Set(persons)) {
    const line = last.get(person)
    seen[line === undefined ? 'missing' : isWithdrawn(line, on) ? 'withdrawn' : 'inForce'] += 1
  }
  return seen
}

/** The lines that withdraw these persons' consents from a day on, and how many of them have none in force to withdraw. */
export function withdrawalsOf(
  register: readonly ConsentLine[],
  persons: readonly string[],
  on: LegalDate,
): { readonly lines: readonly ConsentLine[]; readonly without: number } {
  const last = lastLines(register, on)
  const distinct = [...new Set(persons)]
  const lines = distinct.flatMap((person) => {
    const line = last.get(person)
    return line === undefined || isWithdrawn(line, on) ? [] : [{ ...line, withdrawnOn: on }]
  })
  return { lines, without: distinct.length - lines.length }
}

function lastLines(register: readonly ConsentLine[], on: LegalDate): ReadonlyMap<string, ConsentLine> {
  return new Map(register.filter(({ consentedOn }) => consentedOn <= on).map((line) => [line.person, line]))
}

const isWithdrawn = ({ withdrawnOn }: ConsentLine, on: LegalDate) => withdrawnOn !== null && withdrawnOn <= on
