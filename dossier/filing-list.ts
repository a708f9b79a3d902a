import type { DeclaredDocument, LegalDate } from '@tongguan/law'
import type { Answers } from './answers.ts'
import { centred, h1, table, title, w } from './blocks.ts'
import type { Sheet } from './blocks.ts'
import { problemBlocks } from './completeness.ts'
import type { Paper } from './compose.ts'
import { filingMaterialName, filingMaterials } from './filing.ts'
import type { Problem } from './problem.ts'
import { dateText } from './words.ts'

/** What a standard-contract filing consists of (filing guide v2), what is there, and what does not fit together. */
export function filingList(
  answers: Answers,
  about: {
    readonly files: readonly DeclaredDocument[]
    readonly papers: readonly Paper[]
    readonly problems: readonly Problem[]
    readonly filedOn: LegalDate
  },
): Sheet {
  const name = w('标准合同备案材料清单', 'List of the standard-contract filing')
  const { files, papers, problems, filedOn } = about
  const rows = filingMaterials['standard-contract'].map((material, index) => {
    const given = files.filter(({ kind }) => kind === material.kind).map(({ file }) => file)
    const own = papers.find(({ kind }) => kind === material.kind || kind === material.form)
    const state =
      0 < given.length
        ? w('已有', 'there')
        : own
          ? w('待用印', 'to be sealed')
          : material.asNeeded
            ? w('视情提交', 'as the case needs')
            : w('缺少', 'missing')
    const file = given.length === 0 && own ? `${own.sheet.name.zh}.docx` : given.join('、') || '—'
    return [String(index + 1), filingMaterialName(material.kind), state, file]
  })
  return {
    style: 'report',
    name,
    blocks: [
      title(name),
      centred(answers.handler.name),
      centred(answers.reference, w(`　${dateText(filedOn)}`, `, ${filedOn}`)),
      h1(w('一、备案材料', '1. The materials')),
      table(
        [1.5, 7, 3.5, 8],
        [w('序号', 'No.'), w('材料名称', 'Material'), w('状态', 'State'), w('文件', 'File')],
        rows,
      ),
      h1(w('二、须更正的事项', '2. To be corrected')),
      ...problemBlocks(problems.filter(({ severity }) => severity === 'error')),
      h1(w('三、可能被问到的事项', '3. What may be asked about')),
      ...problemBlocks(problems.filter(({ severity }) => severity === 'warning')),
    ],
  }
}
