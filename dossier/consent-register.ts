import type { LegalDate } from '@tongguan/law'
import { legalDate } from '@tongguan/law'
import { DossierInputError } from './errors.ts'

/** Who consented, without saying who: a keyed hash a person, kept by the handler and never put in a bundle. */
export interface ConsentLine {
  /** 128 bits of an HMAC under a key of the handler's, in hex. */
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
  return text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => {
      try {
        const { person, version, consentedOn, withdrawnOn } = JSON.parse(line) as Record<string, unknown>
        if (typeof person !== 'string' || !/^[0-9a-f]{32}$/.test(person)) throw new Error('person')
        if (typeof version !== 'string' || typeof consentedOn !== 'string') throw new Error('version, consentedOn')
        if (withdrawnOn !== null && typeof withdrawnOn !== 'string') throw new Error('withdrawnOn')
        const withdrawn = withdrawnOn === null ? null : legalDate(withdrawnOn)
        return { person, version, consentedOn: legalDate(consentedOn), withdrawnOn: withdrawn }
      } catch {
        throw new DossierInputError('consent.register-unreadable', {
          zh: `${path} 第 ${number} 行不是一条登记：须有 person（32 位十六进制的带密钥散列）、version、consentedOn、withdrawnOn。不得写入姓名或证件号。`,
          en: `${path}, line ${number} is no entry: person (a keyed hash, 32 hex digits), version, consentedOn and withdrawnOn are wanted. Never a name or number.`,
        })
      }
    })
}

/** A person's last line counts; a withdrawal holds from its own day. */
export function countConsents(register: readonly ConsentLine[], on: LegalDate): ConsentCount {
  const last = new Map(register.filter(({ consentedOn }) => consentedOn <= on).map((line) => [line.person, line]))
  const lines = [...last.values()]
  const withdrawn = lines.filter(({ withdrawnOn }) => withdrawnOn !== null && withdrawnOn <= on).length
  const versions = [...new Set(lines.map(({ version }) => version))].sort()
  return { inForce: lines.length - withdrawn, withdrawn, versions, on }
}
