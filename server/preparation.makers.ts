import type { ColumnEvidence, Evidence } from '@tongguan/law'
import { join } from 'node:path'
import { AnswersSchema, answersExample } from './contract/answers.ts'
import { readYamlFile } from './contract/yaml-file.ts'
import { someEvidence } from './makers.ts'

/** A scan that would have found what the worked example of the hospital declares, made without data. */
export async function exampleEvidence(): Promise<Evidence> {
  const file = join(import.meta.dirname, '..', 'examples', 'hospital-amsterdam', 'answers.yaml')
  const { scenarios } = await readYamlFile(file, AnswersSchema, answersExample)
  const base = someEvidence()
  const [template] = base.files
  const items = scenarios.flatMap((one) => one.items)
  const column = ({ column: name }: { readonly column: string }): ColumnEvidence => ({
    name,
    category: 'personal',
    identifies: 'quasi',
    kind: 'none',
    level: 'likely',
    counts: { rows: 2, nonEmpty: 2, matched: 0, valid: 0, distinct: 2 },
    findings: [],
    rejected: [],
    sample: ['…'],
    sensitiveUnder: [],
    notSensitiveUnder: [],
  })
  return {
    ...base,
    rules: { ...base.rules, on: '2026-04-01' },
    files: [...new Set(items.map(({ table }) => table))].flatMap((path) =>
      template === undefined
        ? []
        : [{ ...template, path, columns: items.filter(({ table }) => table === path).map(column) }],
    ),
  }
}
