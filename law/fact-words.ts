import type { Words } from './citation.ts'
import { exemptions } from './exemptions.ts'
import type { ExportFacts } from './facts.ts'

/**
 * The words each fact may be told in (facts.ts). Another word is read and treated as unknown, since enumerations may grow
 * (contracts.md, "Export facts"): it is never one of the known answers.
 */
export const factWords = {
  publicBody: ['none', 'state-organ', 'authorised-body'],
  manner: ['transfer', 'remote-access', 'direct-collection'],
  legalBasis: ['consent', 'contract', 'hr', 'statutory', 'emergency', 'public', 'other'],
  importantData: ['none', 'notified', 'published', 'meets-definition'],
  exemption: ['none', ...(Object.keys(exemptions) as (keyof typeof exemptions)[])],
} as const

type Fact = keyof typeof factWords
export type FactWord<F extends Fact> = (typeof factWords)[F][number]

/** True where the word is one the law knows for this fact; a fact left out is none. */
export function isFactWord<F extends Fact>(fact: F, word: string | undefined): word is FactWord<F> {
  return word !== undefined && (factWords[fact] as readonly string[]).includes(word)
}

/** Words told that the law does not know: each with those it knows, so that a typing error does not read like a fact left out. */
export function wordsNotKnown(facts: ExportFacts): readonly Words[] {
  return [
    ...notKnown('publicBody', facts.handler?.publicBody, 'handler'),
    ...facts.flows.flatMap((flow, index) => flowFacts.flatMap((fact) => notKnown(fact, flow[fact], `flows.${index}`))),
  ]
}

const flowFacts = ['manner', 'legalBasis', 'importantData', 'exemption'] as const

function notKnown(fact: Fact, word: string | undefined, place: string): readonly Words[] {
  if (word === undefined || isFactWord(fact, word)) return []
  const known = factWords[fact]
  return [
    {
      zh: `${place}.${fact} 所填“${word}”不是可用的词，按未知处理；可填：${known.join('、')}`,
      en: `${place}.${fact}: "${word}" is no word for it and is treated as unknown; it is one of ${known.join(', ')}`,
    },
  ]
}
