// What LibreOffice makes of the documents; it is a test tool only, and where it is missing the test says so and is skipped.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { compose } from '../dossier/compose.ts'
import { readContract } from '../dossier/contract/read-contract.ts'
import { aCase } from '../dossier/makers.ts'
import { readEdits } from '../dossier/returned.ts'
import { writeDocuments } from '../dossier/write.ts'

const office = spawnSync('soffice', ['--version'], { encoding: 'utf8' })
const missing = office.error !== undefined
if (missing) console.log('LibreOffice is not installed: rendering the documents is not tried.')

test.skipIf(missing)(
  'LibreOffice opens form and report and sets every page of them',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tongguan-office-'))
    try {
      const written = await writeDocuments(compose(aCase()), { only: 'filed' })
      const tried = written.filter(({ kind }) => kind === 'declaration-form' || kind === 'self-assessment-report')
      for (const { kind, bytes } of tried) writeFileSync(join(folder, `${kind}.docx`), bytes)
      const names = tried.map(({ kind }) => `${kind}.docx`)
      const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
      spawnSync('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, ...names], {
        cwd: folder,
        timeout: 110_000,
      })
      const pdfs = readdirSync(folder).filter((name) => name.endsWith('.pdf'))
      expect(pdfs.sort()).toEqual(['declaration-form.pdf', 'self-assessment-report.pdf'])
      for (const name of pdfs) expect(statSync(join(folder, name)).size).toBeGreaterThan(20_000)
      const { paragraphs, pages } = await readContract(
        readFileSync(join(folder, 'self-assessment-report.pdf')),
        'report',
      )
      const text = paragraphs
        .map((one) => one.text)
        .join('')
        .replaceAll(/\s/g, '')
      expect(pages).toBeGreaterThan(5)
      for (const part of ['一、自评估工作情况', '二、出境活动整体情况', '三、风险自评估情况及结论', '入组编号的描述'])
        expect(text).toContain(part)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  120_000,
)

test.skipIf(missing)(
  'a document that LibreOffice saved again is read back whole, and an edit in it is found',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tongguan-office-'))
    try {
      const inputs = aCase()
      const dossier = compose(inputs)
      const written = await writeDocuments(dossier, { only: 'filed' })
      const tried = written.filter(({ kind }) => kind === 'declaration-form' || kind === 'self-assessment-report')
      for (const { kind, bytes } of tried) writeFileSync(join(folder, `${kind}.docx`), withEdit(bytes))
      const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
      const saved = join(folder, 'saved')
      const names = tried.map(({ kind }) => `${kind}.docx`)
      spawnSync('soffice', [profile, '--headless', '--convert-to', 'docx', '--outdir', saved, ...names], {
        cwd: folder,
        timeout: 110_000,
      })
      for (const { kind } of tried) {
        const again = readFileSync(join(saved, `${kind}.docx`))
        expect(again.equals(readFileSync(join(folder, `${kind}.docx`)))).toBe(false)
        const edits = await readEdits(dossier, inputs.answers, again, kind, { fields: 'required' })
        expect(edits.map(({ key, now, kind: what }) => [key, now, what])).toEqual(expected[kind])
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  120_000,
)

const expected: Readonly<Record<string, unknown>> = {
  'declaration-form': [['handler.employees', '2700人', 'answer']],
  'self-assessment-report': [['conclusion', '可以申报，风险可控', 'answer']],
}

function withEdit(docx: Uint8Array): Uint8Array {
  const parts = unzipSync(docx)
  const xml = strFromU8(parts['word/document.xml'] ?? new Uint8Array())
    .replaceAll('2600人', '2700人')
    .replaceAll('>可以申报<', '>可以申报，风险可控<')
  return zipSync({ ...parts, 'word/document.xml': strToU8(xml) })
}
