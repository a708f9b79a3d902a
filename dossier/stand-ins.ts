import { documentKindWords } from '@tongguan/law'
import type { DocumentKind } from '@tongguan/law'
import type { Answers, SuppliedDocument } from './answers.ts'
import { centred, fields, h2, paragraph, title } from './blocks.ts'
import type { Block, Sheet } from './blocks.ts'
import { dateText } from './words.ts'

/**
 * One page in place of each paper a simulation does not have. The power of attorney and the legal document say what the
 * answers say; copies of certificates and identity cards are only named, because nothing is there to copy.
 * A real declaration gets none: its stand-ins are a problem instead (`document.stand-in`).
 */
export function standInSheets(answers: Answers): readonly (Sheet & { readonly material: DocumentKind })[] {
  if (!answers.simulated) return []
  return answers.documents
    .filter(({ standIn, file }) => standIn && file === undefined)
    .map(({ kind }) => ({
      material: kind,
      style: 'form',
      fileName: `${documentKindWords[kind].zh}（模拟件）.docx`,
      title: `${documentKindWords[kind].zh}（模拟件）`,
      blocks: [title(`${documentKindWords[kind].zh}（模拟件）`), ...contentOf(kind, answers)],
    }))
}

function contentOf(kind: SuppliedDocument['kind'], answers: Answers): readonly Block[] {
  switch (kind) {
    case 'power-of-attorney':
      return powerOfAttorney(answers)
    case 'legal-document':
      return legalDocument(answers)
    case 'credit-code-certificate':
    case 'legal-representative-id':
    case 'agent-id':
    case 'other-proof':
      return [
        paragraph(`本页代替“${documentKindWords[kind].zh}”。模拟中没有真实证件，正式申报时须提交加盖公章的复印件。`),
      ]
    default:
      return unreachable(kind)
  }
}

/** The fields of Guide v3, annex 2. */
function powerOfAttorney({ handler, legalRepresentative, agent }: Answers): readonly Block[] {
  return [
    fields([
      ['委托单位', handler.name],
      ['法定代表人', legalRepresentative?.name ?? '无'],
      ['法定代表人证件号码', legalRepresentative?.idNumber ?? '无'],
      ['受托人（本单位经办人）', agent.name],
      ['受托人证件号码', agent.idNumber],
      ['委托事项', '数据出境安全评估申报工作'],
      ['授权委托期限', `${dateText(agent.authorisedFrom)}至${dateText(agent.authorisedTo)}`],
      ['转委托', '受托人无转委托权'],
    ]),
    paragraph('受托人在授权范围和期限内办理的事项、签署和上传的材料，委托单位均予承认并承担责任。'),
    paragraph('单位名称（盖章）：'),
    paragraph('法定代表人（签字）：'),
    paragraph('经办人（签字）：'),
  ]
}

function legalDocument({ legalDocument: { title: name, parties, clauses } }: Answers): readonly Block[] {
  return [
    centred(name),
    paragraph(`当事人：${parties.join('、')}`),
    ...clauses.flatMap(({ id, where, text }) => [
      h2(`${where}（对应《数据出境安全评估办法》第九条，清单编号${id}）`),
      paragraph(text),
    ]),
  ]
}

function unreachable(value: never): never {
  throw new Error(`no stand-in for ${JSON.stringify(value)}`)
}
