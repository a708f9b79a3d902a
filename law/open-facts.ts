import type { CatalogueRow } from './catalogues/catalogue.ts'
import type { LegalDate } from './calendar.ts'
import type { Reason } from './citation.ts'
import { exemptionNotStated } from './exemption-rules.ts'
import { exemptions } from './exemptions.ts'
import type { ExportFacts } from './facts.ts'
import { provisionsFrom } from './instruments/provisions-2024/article-14.ts'
import { heaviestRuling, shownTotals } from './judge.ts'
import type { Readings, Ruling, Shown } from './judge.ts'
import { reason } from './rule.ts'
import { isClaim, openExemptionFacts } from './settle.ts'
import type { Leaning } from './settle.ts'

export interface OpenFact {
  readonly fact: string
  /** The article that asks for it where an exemption does, then what the law says to its lighter and heavier answer. */
  readonly because: readonly Reason[]
}

/**
 * The facts without which nothing can be said: those that, with the other unknown facts settled in one of four ways,
 * decide the path. Where only several together do, those that tip it when they are settled one after another. Each with
 * what the law would say to its lighter and to its heavier answer.
 */
export function openFacts(
  facts: ExportFacts,
  readings: Readings,
  { on, lists }: { readonly on: LegalDate; readonly lists: readonly CatalogueRow[] },
): readonly OpenFact[] {
  if (facts.flows.length === 0) return [{ fact: 'flows', because: [noFlows(on)] }]
  const shown = shownTotals(readings)
  const asked = new Set<string>()
  const heaviestWith = (leaning: Leaning): Ruling => {
    const remember: Leaning = (fact) => {
      asked.add(fact)
      return leaning(fact)
    }
    return heaviestRuling(facts, { on, lists, leaning: remember, shown })
  }
  for (const setting of settings) heaviestWith(setting)
  const open = [...asked]
  const alone = open.flatMap((one) => {
    for (const setting of settings) {
      const lighter = heaviestWith((fact) => (fact === one ? 'light' : setting(fact)))
      const heavier = heaviestWith((fact) => (fact === one ? 'heavy' : setting(fact)))
      if (lighter.path !== heavier.path) return [openFact(facts, one, { lighter, heavier, shown })]
    }
    return []
  })
  if (alone.length > 0) return alone
  const together = new Set<string>()
  return open.flatMap((one) => {
    const lighter = heaviestWith((fact) => (together.has(fact) ? 'heavy' : 'light'))
    together.add(one)
    const heavier = heaviestWith((fact) => (together.has(fact) ? 'heavy' : 'light'))
    return lighter.path === heavier.path ? [] : [openFact(facts, one, { lighter, heavier, shown })]
  })
}

/** What only lets other facts matter: does it leave, is it personal, is it exempt. */
const enabling = /\.(leavesChina|containsPersonalInformation|exemption|conditions\.\w+|legalBasis)$/

/** How the other unknown facts are settled while one is tried: the telling ways first, since their reasons are shown. */
const settings: readonly Leaning[] = [
  (fact) => (enabling.test(fact) ? 'heavy' : 'light'),
  (fact) => (enabling.test(fact) || fact.includes('since1January') ? 'heavy' : 'light'),
  () => 'light',
  () => 'heavy',
]

interface Both {
  readonly lighter: Ruling
  readonly heavier: Ruling
  readonly shown: Shown
}

function openFact(facts: ExportFacts, fact: string, both: Both): OpenFact {
  return { fact, because: [...askedByExemption(facts, fact), either(fact, both)] }
}

/** A condition left open is asked for by the exemption's own article, whatever the law says where the exemption fails. */
function askedByExemption(facts: ExportFacts, fact: string): readonly Reason[] {
  return facts.flows.flatMap(({ exemption: claim }, index) => {
    if (!isClaim(claim)) {
      if (fact !== `flows.${index}.exemption`) return []
      const { citation, says } = exemptionNotStated
      return [reason(citation, { [fact]: null }, says.zh, says.en)]
    }
    if (!openExemptionFacts(claim, facts, index).includes(fact)) return []
    const { citation, zh, en } = exemptions[claim]
    return [
      reason(
        citation,
        { exemption: claim, [fact]: null },
        `所主张的豁免（${zh}）以此为条件，尚未回答：${fact}`,
        `The exemption claimed (${en}) rests on this, which is not answered: ${fact}`,
      ),
    ]
  })
}

function either(fact: string, { lighter, heavier, shown }: Both): Reason {
  const [light, heavy] = [lighter.because[0], heavier.because[0]]
  if (!light || !heavy) throw new Error(`A ruling on ${fact} gives no reason`)
  const value = fact.includes('since1January') ? shown[fact.endsWith('.general') ? 'general' : 'sensitive'] : null
  return {
    ...heavy,
    facts: { [fact]: value },
    zh: `${fact} ${value === null ? '未知' : '不够确定'}。较轻：${light.zh}。较重：${heavy.zh}`,
    en: `${fact} is not known${value === null ? '' : ' closely enough'}. At the lightest: ${light.en}. At the heaviest: ${heavy.en}`,
  }
}

function noFlows(on: LegalDate): Reason {
  return reason(
    on < provisionsFrom ? { instrument: 'measures-2022', article: 2 } : { instrument: 'provisions-2024', article: 7 },
    { flows: 0 },
    '没有列出任何数据出境场景，无法判断',
    'No export is described, so nothing can be said',
  )
}
