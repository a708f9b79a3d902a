import { documentKindWords } from '@tongguan/law'
import type { DocumentKind } from '@tongguan/law'
import type { Answers, SuppliedDocument } from './answers.ts'
import { answer, boxed, centred, h2, paragraph, title, w } from './blocks.ts'
import type { Block, Sheet } from './blocks.ts'
import type { Filing } from './filing.ts'
import { powerOfAttorneyBlocks } from './power-of-attorney.ts'
import { materialName } from './words.ts'

/**
 * One page in place of each paper a simulation does not have. The power of attorney and the legal document say what the
 * answers say; copies of certificates and identity cards are only named, because nothing is there to copy.
 * A real declaration gets none: its stand-ins are a problem instead (`document.stand-in`).
 */
export function standInSheets(
  answers: Answers,
  filing: Filing,
): readonly (Sheet & { readonly material: DocumentKind })[] {
  if (!answers.simulated) return []
  return answers.documents
    .filter(({ standIn, file }) => standIn && file === undefined)
    .map(({ kind }) => ({
      material: kind,
      style: 'form',
      name: standInName(kind),
      blocks: [title(standInName(kind)), ...contentOf(kind, answers, filing)],
    }))
}

function standInName(kind: DocumentKind) {
  const { zh, en } = materialName(kind)
  return w(`${zh}（模拟件）`, `${en} (stand-in)`)
}

function contentOf(kind: SuppliedDocument['kind'], answers: Answers, filing: Filing): readonly Block[] {
  switch (kind) {
    case 'power-of-attorney':
      return powerOfAttorneyBlocks(answers, filing)
    case 'legal-document':
      return legalDocument(answers)
    case 'credit-code-certificate':
    case 'legal-representative-id':
    case 'agent-id':
    case 'other-proof':
      return [
        paragraph(
          w(
            `本页代替“${documentKindWords[kind].zh}”。模拟中没有真实证件，正式申报时须提交加盖公章的复印件。`,
            `This page stands for the ${documentKindWords[kind].en}. A simulation has no real papers; a real declaration needs the sealed copy.`,
          ),
        ),
      ]
    default:
      return unreachable(kind)
  }
}

function legalDocument({ legalDocument: { title: name, parties, clauses } }: Answers): readonly Block[] {
  return [
    centred(name),
    paragraph(w(`当事人：${parties.join('、')}`, `Parties: ${parties.join(', ')}`)),
    ...clauses.flatMap(({ id, where, text }, index) => [
      h2(w(`${where}（对应《数据出境安全评估办法》第九条，清单编号${id}）`, `${where} (Order 11 art. 9, ${id})`)),
      boxed(answer(`legalDocument.clauses.${index}.text`, text)),
    ]),
  ]
}

function unreachable(value: never): never {
  throw new Error(`no stand-in for ${JSON.stringify(value)}`)
}
