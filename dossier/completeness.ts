import { cite, formFieldWords } from '@tongguan/law'
import type {
  CompletenessFinding,
  CompletenessReport,
  DeclaredDocument,
  DocumentKind,
  FieldFault,
  LegalDate,
  Words,
} from '@tongguan/law'
import type { Answers } from './answers.ts'
import { centred, h1, paragraph, table, title, w } from './blocks.ts'
import type { Block, Sheet } from './blocks.ts'
import type { Problem } from './problem.ts'
import { dateText, materialName } from './words.ts'

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
    style: 'report',
    name: w('完备性清单', 'Completeness list'),
    blocks: [
      title(w('申报材料完备性清单', 'Completeness list')),
      centred(answers.handler.name),
      centred(answers.reference, w(`　${dateText(filedOn)}`, `, ${filedOn}`)),
      h1(w('一、结论', '1. Conclusion')),
      paragraph(conclusion(verdict, missing.length, errors.length)),
      h1(w('二、申报材料', '2. The materials')),
      table(
        [1.5, 5, 5, 3, 5.5],
        [w('序号', 'No.'), w('材料名称', 'Material'), w('要求', 'Requirement'), w('状态', 'State'), w('文件', 'File')],
        materials.map(({ kind, wanted }, index) => {
          const files = documents.filter((document) => document.kind === kind).map(({ file }) => file)
          const state = findings.find(({ code }) => code === `document.${kind}`)?.kind ?? 'not-checkable'
          return [String(index + 1), materialName(kind), wanted, stateNames[state], files.join('、') || '—']
        }),
      ),
      h1(w('三、其他查验事项', '3. Other checks')),
      table(
        [1.5, 9, 3, 6.5],
        [w('序号', 'No.'), w('查验事项', 'Check'), w('状态', 'State'), w('依据', 'Basis')],
        findings
          .filter(({ code }) => !code.startsWith('document.'))
          .map((finding, index) => [
            String(index + 1),
            [
              [{ text: w(finding.zh, finding.en) }],
              ...(finding.faults ?? []).map((fault) => [{ text: faultText(fault) }]),
            ],
            stateNames[finding.kind],
            cite(finding.citation),
          ]),
      ),
      h1(w('四、须更正的事项', '4. To be corrected')),
      ...problemBlocks(errors),
      h1(w('五、审核时可能被问到的事项', '5. What a reviewer may ask about')),
      ...problemBlocks(warnings),
    ],
  }
}

function conclusion(verdict: CompletenessReport['verdict'], missing: number, errors: number): Words {
  const wrong =
    errors === 0
      ? w('各项内容未见不一致', 'nothing contradicts anything else')
      : w(`有${errors}处内容须更正后再申报`, `${errors} points must be corrected before filing`)
  if (verdict === 'unknown') {
    return w(
      `申报之日有效的指南版本未取得，不能判断材料是否完备；${wrong.zh}。`,
      `The guide in force on the day of filing was not obtained: whether the set is complete cannot be said; ${wrong.en}.`,
    )
  }
  if (verdict === 'incomplete') {
    return w(
      `尚缺或者不合格式的有${missing}项，须补齐、更正后再申报；${wrong.zh}。`,
      `${missing} are missing or not in their format and must be put right before filing; ${wrong.en}.`,
    )
  }
  return w(
    `应当提交的材料和内容均已具备；${wrong.zh}。签字、盖章、标示等须由人核对的事项见下表。`,
    `All that must be filed is there; ${wrong.en}. What a person must look at (signatures, seals, marks) is listed below.`,
  )
}

/** A field of the form that is empty or malformed, by the form's own name of it and the scenario it stands in. */
export function faultText({ field, fault }: FieldFault): Words {
  const [words, state] = [formFieldWords(field), faultNames[fault]]
  return w(`${words.zh}：${state.zh}`, `${words.en}: ${state.en}`)
}

const faultNames = {
  empty: w('未填', 'empty'),
  malformed: w('不合格式', 'not in its format'),
} as const satisfies Record<FieldFault['fault'], Words>

/** The materials of the Guide, in the portal's order. */
export const materials = [
  { kind: 'credit-code-certificate', wanted: w('加盖公章', 'official seal') },
  { kind: 'legal-representative-id', wanted: w('加盖公章', 'official seal') },
  { kind: 'agent-id', wanted: w('加盖公章', 'official seal') },
  {
    kind: 'power-of-attorney',
    wanted: w('单位盖章，法定代表人和经办人签字，注明日期', 'sealed, signed by representative and agent, dated'),
  },
  { kind: 'declaration-form', wanted: w('使用官方模板，中文填写', 'official template, in Chinese') },
  {
    kind: 'legal-document',
    wanted: w('出境相关条款突出标示，以中文版本为准', 'export clauses marked; the Chinese version prevails'),
  },
  { kind: 'self-assessment-report', wanted: w('中文撰写，封面盖章', 'in Chinese, cover sealed') },
  { kind: 'other-proof', wanted: w('视情提交', 'as the case needs') },
] as const satisfies readonly { readonly kind: DocumentKind; readonly wanted: Words }[]

const stateNames = {
  present: w('已有', 'there'),
  missing: w('缺少', 'missing'),
  'not-checkable': w('须人工核对', 'for a person to see'),
} as const satisfies Record<CompletenessFinding['kind'], Words>

export function problemBlocks(problems: readonly Problem[]): readonly Block[] {
  if (problems.length === 0) return [paragraph(w('无。', 'None.'))]
  return problems.map(({ words }, index) => paragraph(w(`${index + 1}. ${words.zh}`, `${index + 1}. ${words.en}`)))
}
