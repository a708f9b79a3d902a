// Made-up data for this trade's tests: nobody in it exists.
import { hash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { countingMethod, legalDate } from '@tongguan/law'
import type {
  ColumnEvidence,
  DataItem,
  Evidence,
  ExportFacts,
  FileEvidence,
  Kind,
  Permit,
  PermittedScenario,
  SecondReading,
} from '@tongguan/law'
import type { Inspection, ReleaseRequest } from './request.ts'
import { generateKey, trustedKey } from './keys.ts'
import type { GateKey } from './keys.ts'
import type { GateDatabase, PersonMac } from './ledger.ts'
import type { Envelope } from './manifest.ts'
import { signPermit, signRevocations } from './permit.ts'
import type { Revocations, SignedPermit } from './permit.ts'
import type { LedgerCount, ReleaseQuestion } from './release.ts'

export const today = legalDate('2026-11-23')
export const amsterdam = { name: 'Universitair Medisch Centrum', country: 'NL' }

export function anItem(name: string, about: Partial<DataItem> = {}): DataItem {
  return { name, description: name, kind: 'none', category: 'none', ...about }
}

export function aScenario(about: Partial<PermittedScenario> = {}): PermittedScenario {
  return {
    id: 'research',
    name: '合作研究',
    purpose: 'joint research',
    manner: 'transfer',
    recipients: [amsterdam],
    items: [
      anItem('subject', { kind: 'subject_id', category: 'personal' }),
      anItem('note', { kind: 'clinical_note', category: 'sensitive' }),
    ],
    ceiling: { general: 10, sensitive: 5 },
    importantDataBytes: null,
    retention: '5 years',
    conditions: [],
    ...about,
  }
}

export function aPermit(about: Partial<Permit> = {}): Permit {
  return {
    schema: 'tongguan/permit/1',
    id: 'permit-1',
    kind: 'issued',
    caseNo: 'case-1',
    resultNo: 'result-1',
    handler: { name: '示例医院', creditCode: '91110000000000000X' },
    scenarios: [aScenario()],
    firstDay: legalDate('2026-05-20'),
    lastDay: legalDate('2029-05-19'),
    keyId: 'authority',
    suite: 'EdDSA',
    countingMethod,
    ...about,
  }
}

/** The authority of these tests; a new key each run. */
export const authority = generateKey()

/** A permit as its file holds it, signed by the authority. */
export function aSignedPermit(about: Partial<Permit> = {}, by: readonly GateKey[] = [authority]): SignedPermit {
  return signPermit(aPermit({ keyId: authority.keyId, ...about }), by)
}

export const authorityTrust = trustedKey(authority, { name: 'authority', roles: ['authority'], simulated: false })

export function aRevocationList(about: Partial<Revocations> = {}): Revocations {
  return {
    schema: 'tongguan/revocations/1',
    issuedAt: '2026-11-23T03:00:00Z',
    nextUpdate: '2026-11-24T03:00:00Z',
    permits: [],
    ...about,
  }
}

/** The envelope of a list, as a file holds it. */
export function aSignedList(about: Partial<Revocations> = {}): Envelope {
  return JSON.parse(signRevocations(aRevocationList(about), authority)) as Envelope
}

/** Two persons of these tests who sign what leaves. */
export const approvers = [generateKey(), generateKey()] as const

export const approverTrust = approvers.map((key, at) =>
  trustedKey(key, { name: `approver ${at + 1}`, roles: ['approver'], simulated: false }),
)

export function aColumn(name: string, about: Partial<ColumnEvidence> = {}): ColumnEvidence {
  return {
    name,
    category: 'none',
    identifies: 'none',
    kind: 'none',
    level: 'none',
    counts: { rows: 3, nonEmpty: 3, matched: 0, valid: 0, distinct: 3 },
    findings: [],
    rejected: [],
    sample: [],
    sensitiveUnder: [],
    notSensitiveUnder: [],
    ...about,
  }
}

export function aFile(about: Partial<FileEvidence> = {}): FileEvidence {
  return {
    path: 'visits.csv',
    format: 'csv',
    encoding: 'utf-8',
    delimiter: ',',
    header: true,
    rows: 3,
    skipped: 0,
    bytes: 30,
    sha256: 'a'.repeat(64),
    error: null,
    disguises: [],
    columns: [
      aColumn('subject', { kind: 'subject_id', level: 'confirmed', category: 'personal', identifies: 'direct' }),
      aColumn('note', { kind: 'clinical_note', level: 'likely', category: 'sensitive' }),
    ],
    ...about,
  }
}

export function anEvidence(about: Partial<Evidence> = {}): Evidence {
  const files = about.files ?? [aFile()]
  return {
    schema: 'tongguan/evidence/1',
    engine: { kind: 'embedded', version: '26.7', nodes: 1 },
    rules: { on: '2026-11-23', packs: [], detectors: '1' },
    scanned: { bytes: 30, rows: 3, files: files.length, seconds: 0.1, complete: true },
    files,
    persons: {
      lower: 3,
      point: 3,
      upper: 3,
      exact: true,
      sensitive: { lower: 1, point: 1, upper: 1 },
      minors: 0,
      keyEpoch: '2026',
    },
    risk: [],
    hints: [],
    ...about,
  }
}

/** A second reading that agrees with an evidence. */
export function aSecondReading({ files, persons }: Evidence): SecondReading {
  return {
    files: files.map(({ path, sha256, rows, columns }) => ({
      path,
      sha256,
      unread: null,
      rows,
      residentIds: 0,
      columns: columns.map(({ name, counts, findings }) => {
        const cellsOf = (kind: Kind) => findings.find((one) => one.kind === kind)?.valid ?? 0
        return {
          name,
          filled: counts.nonEmpty,
          residentIds: cellsOf('national_id'),
          residentIdsInText: 0,
          mobiles: cellsOf('mobile'),
          emails: cellsOf('email'),
        }
      }),
    })),
    persons: { lower: persons.upper, upper: persons.upper },
  }
}

export function aCount(about: Partial<LedgerCount> = {}): LedgerCount {
  return { alreadyGeneral: 0, alreadySensitive: 0, newGeneral: 2, newSensitive: 1, movedToSensitive: 0, ...about }
}

export function aQuestion(about: Partial<ReleaseQuestion> = {}): ReleaseQuestion {
  return {
    permit: aPermit(),
    scenarioId: 'research',
    recipient: amsterdam,
    on: today,
    permitKnownAs: null,
    pilot: false,
    revocations: aRevocationList(),
    at: '2026-11-23T04:00:00Z',
    clock: { now: '2026-11-23T04:00:00Z', newest: null },
    files: [{ name: 'visits.csv', bytes: 30, sha256: 'a'.repeat(64) }],
    evidence: anEvidence(),
    secondReading: aSecondReading(about.evidence ?? anEvidence()),
    rebuilt: null,
    transformed: null,
    facts: null,
    countedBy: countingMethod,
    batchPersons: { general: 2, sensitive: 1 },
    persons: aCount(),
    consents: null,
    bytesBefore: 0,
    ...about,
  }
}

export const threePersons = { 'visits.csv': 'subject,note\n1,x\n2,y\ns3,z\n', 'sub/more.csv': 'subject\n2\n' }

/** A batch in a folder of its own under `root`; the release goes beside it into `out`. */
export function aRequest(
  root: string,
  db: GateDatabase,
  key: GateKey,
  {
    files = threePersons,
    ...about
  }: Partial<ReleaseRequest> & Pick<ReleaseRequest, 'log'> & { readonly files?: Readonly<Record<string, string>> },
): ReleaseRequest {
  const folder = mkdtempSync(join(root, 'batch-'))
  const path = join(folder, 'batch')
  for (const [name, text] of Object.entries(files)) write(join(path, name), text)
  return {
    db,
    permit: aSignedPermit(),
    trust: { schema: 'tongguan/trust/1', keys: [authorityTrust, ...approverTrust] },
    approveWith: approvers,
    revocations: aSignedList(),
    scenarioId: 'research',
    recipient: amsterdam,
    on: today,
    at: '2026-11-23T04:00:00Z',
    batch: { name: 'b1', path },
    into: join(folder, 'out'),
    inspect: inspectFolder,
    readAgain: (_folder, evidence) => Promise.resolve(aSecondReading(evidence)),
    key,
    countingRoot: Buffer.alloc(32, 7),
    softwareVersion: '0.0.0',
    ...about,
  }
}

export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** A person's MAC by a number. */
export function macOf(person: number): Buffer {
  return hash('sha256', `made-up person ${person}`, 'buffer').subarray(0, 16)
}

/**
 * A stand-in for the scanner: files are CSV with `subject` first, one person a row; a subject that starts with `s` has
 * sensitive items, an empty one names nobody.
 */
export function inspectFolder(folder: string): Promise<Inspection> {
  const files: FileEvidence[] = []
  const macs: PersonMac[] = []
  const unlinked = { general: 0, sensitive: 0 }
  for (const name of filesIn(folder)) {
    const bytes = readFileSync(join(folder, name))
    const [header = '', ...rows] = bytes.toString('utf8').trimEnd().split('\n')
    const columns = header.split(',').map((column) => aColumn(column))
    files.push(aFile({ path: name, rows: rows.length, bytes: bytes.length, sha256: hash('sha256', bytes), columns }))
    for (const row of rows) {
      const [subject = ''] = row.split(',')
      if (subject === '') unlinked.general += 1
      else macs.push({ mac: macOf(Number(subject.replace('s', ''))), sensitive: subject.startsWith('s') })
    }
  }
  const sensitive = new Set(macs.filter((one) => one.sensitive).map((one) => Buffer.from(one.mac).toString('hex'))).size
  const upper = new Set(macs.map((one) => Buffer.from(one.mac).toString('hex'))).size + unlinked.general
  const persons = { ...exactly(upper), exact: true, sensitive: exactly(sensitive), minors: 0, keyEpoch: '2026' }
  return Promise.resolve({ evidence: anEvidence({ files, persons }), macs, unlinked })
}

function exactly(count: number) {
  return { lower: count, point: count, upper: count }
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

/** A private handler that sends ordinary information of 200,000 persons: contract or certification. */
export function aHandlersFacts(
  flow: Partial<ExportFacts['flows'][number]> = {},
  about: Partial<ExportFacts> = {},
): ExportFacts {
  const persons = { general: 200_000, sensitive: 0, both: 0 }
  return {
    schema: 'tongguan/facts/1',
    handler: {
      ciio: false,
      publicBody: 'none',
      personsProcessed: 500_000,
      identification: { done: true, on: '2026-01-05', by: 'data office' },
      ftz: 'none',
    },
    voluntaryDeclaration: false,
    flows: [
      {
        id: 'research',
        recipients: [{ ...amsterdam, region: null, restrictedList: false }],
        manner: 'transfer',
        leavesChina: true,
        containsPersonalInformation: true,
        legalBasis: 'consent',
        importantData: 'none',
        coreData: false,
        stateSecrets: false,
        controlledItems: false,
        classifiedSurvey: false,
        foreignAuthorityRequest: false,
        humanGeneticResources: { provided: false },
        gba: 'none',
        minorsUnder14: false,
        exemption: 'none',
        conditions: { necessary: true },
        since1January: persons,
        ...flow,
      },
    ],
    total: { since1January: persons },
    ...about,
  }
}
