import { documentKindWords } from '@tongguan/law'
import type { Declaration, DocumentKind, LegalDate } from '@tongguan/law'
import type { Answers } from './answers.ts'
import { centred, h1, paragraph, table, title } from './blocks.ts'
import type { Sheet } from './blocks.ts'
import type { Problem } from './problems.ts'
import { dateText } from './words.ts'

/** Which of the Guide's eight materials are there (Guide v3, annex 1). */
export interface Completeness {
  readonly complete: boolean
  readonly materials: readonly Material[]
}

export interface Material {
  readonly kind: DocumentKind
  readonly files: readonly string[]
  /** `optional` is other proof, without which a declaration is complete all the same. */
  readonly state: 'there' | 'missing' | 'optional'
}

/** `written` are the documents that this dossier is about to write itself. */
export function completenessOf(
  declaration: Declaration,
  written: readonly { readonly kind: DocumentKind; readonly file: string }[],
): Completeness {
  const all = [...declaration.documents, ...written]
  const materials = requirements.map(({ kind }): Material => {
    const files = all.filter((document) => document.kind === kind).map(({ file }) => file)
    return { kind, files, state: 0 < files.length ? 'there' : kind === 'other-proof' ? 'optional' : 'missing' }
  })
  return { complete: materials.every(({ state }) => state !== 'missing'), materials }
}

/** The completeness list as a document: what is there, what is missing, and what does not fit together. */
export function completenessSheet(
  { complete, materials }: Completeness,
  problems: readonly Problem[],
  answers: Answers,
  filedOn: LegalDate,
): Sheet {
  const errors = problems.filter(({ severity }) => severity === 'error')
  const warnings = problems.filter(({ severity }) => severity === 'warning')
  return {
    style: 'form',
    fileName: '完备性清单.docx',
    title: '数据出境安全评估申报材料完备性清单',
    blocks: [
      title('申报材料完备性清单'),
      centred(`${answers.handler.name}　${answers.reference}　${dateText(filedOn)}`),
      h1('一、结论'),
      paragraph(
        complete
          ? `八项材料中应当提交的均已列入${errors.length === 0 ? '，各项内容未见不一致' : `，但有${errors.length}处内容须更正后再申报`}。`
          : `尚缺${materials.filter(({ state }) => state === 'missing').length}项应当提交的材料，须补齐后再申报。`,
      ),
      h1('二、申报材料'),
      table(
        [1, 5, 5, 2, 5],
        ['序号', '材料名称', '要求', '状态', '文件'],
        materials.map(({ kind, state, files }, index) => [
          String(index + 1),
          documentKindWords[kind].zh,
          requirements[index]?.wanted ?? '',
          stateNames[state],
          files.join('、') || '—',
        ]),
      ),
      h1('三、须更正的事项'),
      ...problemBlocks(errors),
      h1('四、审核时可能被问到的事项'),
      ...problemBlocks(warnings),
    ],
  }
}

const requirements = [
  { kind: 'credit-code-certificate', wanted: '复印件，加盖公章' },
  { kind: 'legal-representative-id', wanted: '复印件，加盖公章' },
  { kind: 'agent-id', wanted: '复印件，加盖公章' },
  { kind: 'power-of-attorney', wanted: '单位盖章，法定代表人和经办人签字，注明日期' },
  { kind: 'declaration-form', wanted: '使用官方模板，中文填写' },
  { kind: 'legal-document', wanted: '出境相关条款突出标示，以中文版本为准' },
  { kind: 'self-assessment-report', wanted: '中文撰写，封面盖章' },
  { kind: 'other-proof', wanted: '视情提交' },
] as const satisfies readonly { readonly kind: DocumentKind; readonly wanted: string }[]

const stateNames = { there: '已有', missing: '缺少', optional: '未提交' } as const

function problemBlocks(problems: readonly Problem[]) {
  if (problems.length === 0) return [paragraph('无。')]
  return problems.map(({ words }, index) => paragraph(`${index + 1}. ${words.zh}`))
}
