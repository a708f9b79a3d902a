import {
  consentText,
  countConsents,
  personMark,
  readConsentRegister,
  readRegisterLines,
  withdrawalsOf,
} from '@tongguan/dossier'
import type { ConsentCount, ConsentLine, PersonRegister } from '@tongguan/dossier'
import type { LegalDate } from '@tongguan/law'
import { inspect, openEngine } from '@tongguan/scan'
import { open, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { caseFileName, folderSource, readCaseFile } from '../case-folder.ts'
import type { CountingKey } from '../counting-key.ts'
import { InputError } from '../errors.ts'

export type { PersonRegister } from '@tongguan/dossier'

/** What a file of persons is entered with. */
export interface ConsentEntry {
  /** A table of the persons, identified as in the batches to come: the same kind of number or name of a register. */
  readonly persons: string
  readonly on: LegalDate
  readonly counting: CountingKey
}

export interface ConsentsKept {
  readonly register: string
  readonly entered: number
  /** Persons of a withdrawal who had no consent in force. */
  readonly without: number
  readonly count: ConsentCount
}

/** Enters the separate consents of the persons in a file, under the version of the text they signed. */
export async function addConsents(
  folder: string,
  entry: ConsentEntry & { readonly version: string },
): Promise<ConsentsKept> {
  const { on, version } = entry
  const persons = await marksIn(entry)
  const lines = persons.map((person): ConsentLine => ({ person, version, consentedOn: on, withdrawnOn: null }))
  const register = await registerOf(folder, { begin: true })
  return keep(register, { lines, without: 0, on })
}

/** Enters that the persons in a file withdraw their consents, from a day on. */
export async function withdrawConsents(folder: string, entry: ConsentEntry): Promise<ConsentsKept> {
  const register = await registerOf(folder, { begin: false })
  const persons = await marksIn(entry)
  return keep(register, { ...withdrawalsOf(await readRegister(register), persons, entry.on), on: entry.on })
}

/** How many consents are in force on a day, and under which versions of the text. */
export async function listConsents(
  folder: string,
  on: LegalDate,
): Promise<ConsentCount & { readonly register: string; readonly byVersion: Readonly<Record<string, ConsentCount>> }> {
  const register = await registerOf(folder, { begin: false })
  const lines = await readRegister(register)
  const count = countConsents(lines, on)
  const byVersion = Object.fromEntries(
    count.versions.map((version) => [
      version,
      countConsents(
        lines.filter((line) => line.version === version),
        on,
      ),
    ]),
  )
  return { register, ...count, byVersion }
}

/** @throws InputError where there is none; DossierInputError naming the line that is no entry. */
async function readRegister(path: string): Promise<readonly ConsentLine[]> {
  return readConsentRegister((await textOf(path)) ?? refuseMissing(path), path)
}

/** Consents and requests. @throws as above */
export async function readPersonRegister(path: string): Promise<PersonRegister> {
  return readRegisterLines((await textOf(path)) ?? refuseMissing(path), path)
}

async function keep(
  register: string,
  { lines, without, on }: { readonly lines: readonly ConsentLine[]; readonly without: number; readonly on: LegalDate },
): Promise<ConsentsKept> {
  const before = await textOf(register)
  // Read first: what is appended to a register that cannot be read would never be found.
  const known = before === undefined ? [] : readConsentRegister(before, register)
  await appendToRegister(register, consentText(lines))
  return { register, entered: lines.length, without, count: countConsents([...known, ...lines], on) }
}

/** Appended in one write, so that two officers at once lose no withdrawal of each other's. */
export async function appendToRegister(register: string, lines: string): Promise<void> {
  const before = await textOf(register)
  const file = await open(register, 'a', 0o600)
  try {
    await file.writeFile((before === undefined || before.endsWith('\n') || before === '' ? '' : '\n') + lines)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Where the case keeps its register; a case that has none yet gets its usual name written into `case.yaml`. */
async function registerOf(folder: string, { begin }: { readonly begin: boolean }): Promise<string> {
  const { consentRegister } = await readCaseFile(folderSource(folder))
  if (consentRegister !== undefined) return join(folder, consentRegister)
  if (!begin) return refuseMissing(join(folder, caseFileName))
  const path = join(folder, caseFileName)
  const document = parseDocument((await textOf(path)) ?? 'schema: tongguan/case-folder/1')
  document.set('consentRegister', usualRegister)
  await writeFile(`${path}.tmp`, document.toString({ lineWidth: 0 }))
  await rename(`${path}.tmp`, path)
  return join(folder, usualRegister)
}

const usualRegister = 'consents.ndjson'

/** The marks of the persons in a file, each once. A row that names nobody cannot be entered. */
async function marksIn({ persons, on, counting }: ConsentEntry): Promise<readonly string[]> {
  const engine = await openEngine()
  try {
    const { evidence, macs, unlinked } = await inspect(engine, persons, {
      on,
      key: counting.key,
      keyEpoch: counting.epoch,
    })
    const nameless = unlinked.general + unlinked.sensitive
    if (!evidence.scanned.complete || macs.length === 0 || 0 < nameless) {
      throw new InputError('consent.persons-not-identified', {
        zh: `${persons}：找到 ${macs.length} 人，${nameless} 行不能对应到任何人${evidence.scanned.complete ? '' : '，且未能读完'}。须为含受试者编号、证件号等的表格，每行一人；没有登记任何人。`,
        en: `${persons}: ${macs.length} persons found, ${nameless} rows name nobody${evidence.scanned.complete ? '' : ', and it was not read to its end'}. A table is wanted with a subject number, an identity number or the like in each row; nobody was entered.`,
      })
    }
    return [...new Set(macs.map(({ mac }) => personMark(mac)))]
  } finally {
    await engine.close()
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function refuseMissing(path: string): never {
  throw new InputError('consent.no-register', {
    zh: `${path} 没有同意登记。先运行 npx tongguan dossier consent add。`,
    en: `${path} has no register of consents. Begin one with npx tongguan dossier consent add.`,
  })
}
