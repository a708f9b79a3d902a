import { cite } from '@tongguan/law'
import { IncidentSchema, incidentExample } from '@tongguan/server/contract/incident'
import { readYamlFile } from '@tongguan/server/contract/yaml-file'
import { dataFolder } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import { incidentOf } from '@tongguan/server/flows/open-incident'
import type { IncidentCase, IncidentReport } from '@tongguan/server/flows/open-incident'
import { writeFolder } from '@tongguan/server/whole-folder'
import { existsSync } from 'node:fs'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { openExisting } from './open-existing.ts'
import type { Terminal } from './terminal.ts'

/** `incident FACTS --out DIR`: the case of an incident from the manifests of what left, with a draft for everybody to be told. */
export async function incidentCommand(
  terminal: Terminal,
  file: string,
  { out, ...options }: { readonly out?: string; readonly data?: string },
): Promise<ExitCode> {
  if (out === undefined || existsSync(out)) {
    throw new InputError('incident.out', {
      zh: '需要 --out 指明一个尚不存在的文件夹。例如：npx tongguan incident incident.yaml --out ./incident-1',
      en: 'Name a folder that does not exist yet with --out. For example: npx tongguan incident incident.yaml --out ./incident-1',
    })
  }
  const facts = await readYamlFile(file, IncidentSchema, incidentExample)
  const records = await openExisting(dataFolder(options.data))
  try {
    const opened = await incidentOf(records.db, facts)
    if (opened.schema === 'tongguan/none-concerned/1') {
      const unknown = opened.unknown.join(', ')
      throw new InputError('incident.none-concerned', {
        zh: `没有所述的已放行批次${unknown === '' ? '' : `：${unknown}`}`,
        en: `No batch left that is meant${unknown === '' ? '' : `: ${unknown}`}`,
      })
    }
    const drafts = draftsOf(opened)
    const texts = [
      ['incident.json', `${JSON.stringify(opened, null, 2)}\n`] as const,
      ...drafts.map(({ name, report }) => [name, markdownOf(terminal, report)] as const),
    ]
    await writeFolder(out, new Map(texts.map(([name, text]) => [name, Buffer.from(text)])))
    terminal.answer({ ...opened, out })
    printIncident(terminal, opened, drafts)
    return opened.missing.length === 0 ? exitCode.done : exitCode.notYet
  } finally {
    await records.close()
  }
}

interface Draft {
  readonly name: string
  readonly report: IncidentReport
}

function draftsOf({ reports }: IncidentCase): readonly Draft[] {
  return reports.map((report) => {
    const alike = reports.filter(({ to }) => to === report.to)
    const number = alike.length === 1 ? '' : `-${alike.indexOf(report) + 1}`
    return { name: `${report.to}${number}.md`, report }
  })
}

function markdownOf(terminal: Terminal, { title, because, due, paragraphs }: IncidentReport): string {
  const in_ = (language: 'zh' | 'en') =>
    [
      `# ${title[language]}`,
      `${cite(because)[language]}${due.length === 0 ? '' : `; ${due.join(', ')}`}`,
      ...paragraphs.map((paragraph) => paragraph[language]),
    ].join('\n\n')
  return `${terminal.language === 'en' ? in_('en') : in_('zh')}\n\n---\n\n${terminal.language === 'en' ? in_('zh') : in_('en')}\n`
}

function printIncident(terminal: Terminal, opened: IncidentCase, drafts: readonly Draft[]): void {
  const { persons, sensitivePersons, grade, batches, missing } = opened
  const range = ({ lower, upper }: IncidentCase['persons']) => (lower === upper ? `${upper}` : `${lower}–${upper}`)
  const grades = grade.from === grade.to ? grade.to : `${grade.from}–${grade.to}`
  terminal.heading({
    zh: `事件 ${opened.id}（知悉于 ${opened.knownAt}）`,
    en: `Incident ${opened.id} (known since ${opened.knownAt})`,
  })
  terminal.say({
    zh: `  批次 ${batches.length} 个；涉及 ${range(persons)} 人，其中敏感 ${range(sensitivePersons)} 人；分级 ${grades} [${cite(grade.citation).zh}]`,
    en: `  ${batches.length} batches; ${range(persons)} persons concerned, ${range(sensitivePersons)} of them with sensitive items; grade ${grades} [${cite(grade.citation).en}]`,
  })
  for (const { name, report } of drafts) {
    const until =
      report.due.length === 0
        ? { zh: '及时', en: 'promptly' }
        : { zh: report.due.join('、'), en: report.due.join(', ') }
    terminal.say(
      `  ${name}  ${terminal.text(report.title)} ${report.addressee}  ${terminal.text(until)} [${terminal.text(cite(report.because))}]`,
    )
  }
  if (missing.length === 0) return
  terminal.say({ zh: `  待填写：${missing.join('、')}`, en: `  Still to be filled in: ${missing.join(', ')}` })
}
