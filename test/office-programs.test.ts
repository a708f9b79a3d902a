// What LibreOffice makes of the documents; it is a test tool only, and where it is missing the test says so and is skipped.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compose } from '../dossier/compose.ts'
import { readContract } from '../dossier/contract/read-contract.ts'
import { aCase } from '../dossier/makers.ts'
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
