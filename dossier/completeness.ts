import { cite, documentKindWords } from '@tongguan/law'
import type { CompletenessFinding, CompletenessReport, DeclaredDocument, DocumentKind, LegalDate } from '@tongguan/law'
import type { Answers } from './answers.ts'
import { centred, h1, paragraph, table, title } from './blocks.ts'
import type { Block, Sheet } from './blocks.ts'
import type { Problem } from './problems.ts'
import { dateText } from './words.ts'

/**
 * The completeness list as a document: the eight materials (Guide v3, annex 1), the office's other checks as the law has
 * them, and what does not fit together among facts, answers and data.
 */
export function completenessSheet(
  { verdict, findings }: CompletenessReport,
  documents: readonly DeclaredDocument[],
  problems: readonly Problem[],
  { answers, filedOn }: { readonly answers: Answers; readonly filedOn: LegalDate },
): Sheet {
  const errors = problems.filter(({ severity }) => severity === 'error')
  const warnings = problems.filter(({ severity }) => severity === 'warning')
  const missing = findings.filter(({ kind }) => kind === 'missing')
  return {
    style: 'form',
    fileName: '完备性清单.docx',
    title: '数据出境安全评估申报材料完备性清单',
    blocks: [
      title('申报材料完备性清单'),
      centred(`${answers.handler.name}　${answers.reference}　${dateText(filedOn)}`),
      h1('一、结论'),
      paragraph(conclusion(verdict, missing.length, errors.length)),
      h1('二、申报材料'),
      table(
        [2, 5, 5, 3, 5],
        ['序号', '材料名称', '要求', '状态', '文件'],
        materials.map(({ kind, wanted }, index) => {
          const files = documents.filter((document) => document.kind === kind).map(({ file }) => file)
          const state = findings.find(({ code }) => code === `document.${kind}`)?.kind ?? 'not-checkable'
          return [String(index + 1), documentKindWords[kind].zh, wanted, stateNames[state], files.join('、') || '—']
        }),
      ),
      h1('三、其他查验事项'),
      table(
        [2, 9, 3, 6],
        ['序号', '查验事项', '状态', '依据'],
        findings
          .filter(({ code }) => !code.startsWith('document.'))
          .map((finding, index) => [
            String(index + 1),
            finding.zh,
            stateNames[finding.kind],
            cite(finding.citation).zh,
          ]),
      ),
      h1('四、须更正的事项'),
      ...problemBlocks(errors),
      h1('五、审核时可能被问到的事项'),
      ...problemBlocks(warnings),
    ],
  }
}

function conclusion(verdict: CompletenessReport['verdict'], missing: number, errors: number): string {
  const wrong = errors === 0 ? '各项内容未见不一致' : `有${errors}处内容须更正后再申报`
  if (verdict === 'unknown') return `申报之日有效的指南版本未取得，不能判断材料是否完备；${wrong}。`
  if (verdict === 'incomplete') return `尚缺${missing}项，须补齐后再申报；${wrong}。`
  return `应当提交的材料和内容均已具备；${wrong}。签字、盖章、标示等须由人核对的事项见下表。`
}

const materials = [
  { kind: 'credit-code-certificate', wanted: '加盖公章' },
  { kind: 'legal-representative-id', wanted: '加盖公章' },
  { kind: 'agent-id', wanted: '加盖公章' },
  { kind: 'power-of-attorney', wanted: '单位盖章，法定代表人和经办人签字，注明日期' },
  { kind: 'declaration-form', wanted: '使用官方模板，中文填写' },
  { kind: 'legal-document', wanted: '出境相关条款突出标示，以中文版本为准' },
  { kind: 'self-assessment-report', wanted: '中文撰写，封面盖章' },
  { kind: 'other-proof', wanted: '视情提交' },
] as const satisfies readonly { readonly kind: DocumentKind; readonly wanted: string }[]

const stateNames = {
  present: '已有',
  missing: '缺少',
  'not-checkable': '须人工核对',
} as const satisfies Record<CompletenessFinding['kind'], string>

function problemBlocks(problems: readonly Problem[]): readonly Block[] {
  if (problems.length === 0) return [paragraph('无。')]
  return problems.map(({ words }, index) => paragraph(`${index + 1}. ${words.zh}`))
}
