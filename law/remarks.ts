import type { LegalDate } from './calendar.ts'
import type { CatalogueRow } from './catalogues/catalogue.ts'
import { countryCode } from './catalogues/countries.ts'
import { ftzListsOf, isKnownZone } from './catalogues/ftz-lists.ts'
import type { Reason, Words } from './citation.ts'
import { conditionWords } from './condition-words.ts'
import { exemptions } from './exemptions.ts'
import { wordsNotKnown } from './fact-words.ts'
import type { ExportFacts, FlowFacts } from './facts.ts'
import { creditBureau, isCreditBureau } from './instruments/credit-reporting-2013/article-24.ts'
import { collectedFromAbroad } from './instruments/guide-2025/part-1.ts'
import { countsAsImportant, definitionAloneDoesNotDecide } from './instruments/provisions-2024/article-02.ts'
import { provisionsFrom } from './instruments/provisions-2024/article-14.ts'
import type { SettledFlow } from './matter.ts'
import { reason } from './rule.ts'
import { importantDataListed, listedAgainst, placeOfAccess, rangeOf } from './settle.ts'

interface Told {
  readonly on: LegalDate
  readonly lists: readonly CatalogueRow[]
}

/** Necessity stands above every path: what is not necessary may not go by any. */
export const notNecessary = reason(
  { instrument: 'measures-2022', article: 8, item: 1 },
  { necessary: false },
  '按所述方式出境不合法：向境外提供不具有必要性',
  'Not lawful as described: providing the data abroad is not necessary',
)

/** What was claimed and does not hold, what a list says against it, and what matches a definition that decides nothing. */
export function remarks(
  facts: ExportFacts,
  flow: FlowFacts,
  settled: SettledFlow | undefined,
  { on, lists }: Told,
): readonly Reason[] {
  const found: Reason[] = []
  if (settled?.exemption?.kind === 'fails') {
    const { claim, failed } = settled.exemption
    const { citation, zh, en } = exemptions[claim]
    const row = failed === 'listed' ? listedAgainst(claim, flow, { facts, on, lists }) : null
    const why = row
      ? {
          zh: `清单列明“${row.item}”（${row.version} ${row.entry}）`,
          en: `the list names "${row.item}" (${row.version} ${row.entry})`,
        }
      : conditionWords[failed]
    found.push(
      reason(
        citation,
        { exemption: claim, failed: row?.item ?? failed },
        `所主张的豁免（${zh}）不成立：${why.zh}`,
        `The exemption claimed (${en}) does not hold: ${why.en}`,
      ),
    )
  }
  const published = importantDataListed(flow, on, lists)
  if (published) {
    found.push(
      reason(
        { instrument: 'provisions-2024', article: 2 },
        { item: published.item, list: `${published.instrument} ${published.version}`, entry: published.entry },
        `已公布的重要数据目录列明“${published.item}”，按重要数据处理`,
        `A published catalogue of important data names "${published.item}", so it counts as important`,
      ),
    )
  }
  if (flow.importantData === 'meets-definition' && on >= provisionsFrom) found.push(definitionAloneDoesNotDecide)
  if (flow.manner === 'direct-collection' && settled?.leavesChina) found.push(...collectedFromAbroad(on))
  if (isCreditBureau(flow, settled)) found.push(creditBureau)
  return found
}

/** Facts that do not go together, and which of them the law follows. */
export function warnings(facts: ExportFacts, { on, lists }: Told): readonly Words[] {
  return [
    ...wordsNotKnown(facts),
    ...moreThanProcessed(facts),
    ...totalsApart(facts),
    ...facts.flows.flatMap((flow) => [
      ...contradictions(facts, flow, { on, lists }),
      ...destinations(flow, { on, lists }),
    ]),
    ...listVersions(facts, on),
  ]
}

function moreThanProcessed(facts: ExportFacts): readonly Words[] {
  const processed = facts.handler?.personsProcessed
  const upper = typeof processed === 'number' ? processed : processed?.upper
  if (upper === undefined) return []
  let exported = 0
  for (const flow of facts.flows) {
    exported = Math.max(exported, lowerOf(flow, 'general'), lowerOf(flow, 'sensitive'))
  }
  if (exported <= upper) return []
  return [
    {
      zh: `出境人数（${exported}）多于处理人数（${upper}），请核对`,
      en: `More persons are exported (${exported}) than processed (${upper}); please check`,
    },
  ]
}

function lowerOf(flow: FlowFacts, kind: 'general' | 'sensitive'): number {
  return rangeOf(flow.since1January, kind)?.lower ?? 0
}

function totalsApart(facts: ExportFacts): readonly Words[] {
  if (!facts.total) return []
  const found: Words[] = []
  for (const kind of ['general', 'sensitive'] as const) {
    const total = rangeOf(facts.total.since1January, kind)
    const sum = facts.flows.reduce(
      (persons, flow) => persons + (rangeOf(flow.since1January, kind)?.upper ?? Infinity),
      0,
    )
    if (total && total.lower > sum) {
      found.push({
        zh: `total.since1January.${kind} 多于各场景之和（${sum}），按较大者计算，请核对`,
        en: `total.since1January.${kind} is above the sum of the flows (${sum}); the larger is used, please check`,
      })
    }
  }
  return found
}

function contradictions(facts: ExportFacts, flow: FlowFacts, { on, lists }: Told): readonly Words[] {
  const found: Words[] = []
  const { id } = flow
  const important = countsAsImportant(flow.importantData ?? '') || importantDataListed(flow, on, lists) !== null
  const exempted = flow.exemption !== undefined && flow.exemption !== 'none'
  if (important && exempted && flow.exemption !== 'automobile-reported-instead') {
    found.push({
      zh: `${id}：所主张的豁免（${flow.exemption}）与重要数据的告知或公布相抵触，以重要数据为准`,
      en: `${id}: the exemption claimed (${flow.exemption}) contradicts the notice or publication as important data; important data wins`,
    })
  }
  if (flow.importantData === 'none' && importantDataListed(flow, on, lists)) {
    found.push({
      zh: `${id}：事实写明不含重要数据，但已导入的目录列明其中的数据项，以目录为准`,
      en: `${id}: the facts say no important data, a loaded catalogue names one of the items; the catalogue is followed`,
    })
  }
  const persons = lowerOf(flow, 'general') + lowerOf(flow, 'sensitive')
  if (flow.containsPersonalInformation === false && persons > 0) {
    found.push({
      zh: `${id}：写明不含个人信息，却填有人数（${persons}），按含个人信息处理`,
      en: `${id}: no personal information, yet ${persons} persons are counted; treated as personal information`,
    })
  }
  if (flow.exemption === 'no-personal-information' && (flow.containsPersonalInformation === true || persons > 0)) {
    found.push({
      zh: `${id}：主张不含个人信息的豁免，但含有个人信息，豁免不成立`,
      en: `${id}: the exemption for data without personal information is claimed, but there is personal information; it does not hold`,
    })
  }
  if (flow.leavesChina === false && placeOfAccess(flow, { on, lists }) === 'abroad') {
    found.push({
      zh: `${id}：写明数据不出境，但在境外（${flow.accessPlace}）访问，属于数据出境`,
      en: `${id}: the data are said to stay, but are accessed from abroad (${flow.accessPlace}); that is an export`,
    })
  }
  if (flow.minorsUnder14 === true && rangeOf(flow.since1January, 'sensitive')?.upper === 0) {
    found.push({
      zh: `${id}：含不满十四周岁未成年人，其个人信息均为敏感个人信息，敏感人数不能为 0`,
      en: `${id}: there are children under 14, all of whose information is sensitive; none sensitive cannot stand`,
    })
  }
  const [sensitive, both] = [rangeOf(flow.since1January, 'sensitive'), rangeOf(flow.since1January, 'both')]
  if (sensitive && both && both.lower > sensitive.upper) {
    found.push({
      zh: `${id}：both（${both.lower}）多于 sensitive（${sensitive.upper}），而 both 是其中同时提供一般信息的人，按 sensitive 计算，请核对`,
      en: `${id}: both (${both.lower}) is above sensitive (${sensitive.upper}), of whom it counts those who also send ordinary information; no more than sensitive are counted, please check`,
    })
  }
  if (flow.exemption === 'ftz-off-list' && facts.handler?.ftz === 'none') {
    found.push({
      zh: `${id}：主张负面清单外的豁免，但数据处理者不在自由贸易试验区内`,
      en: `${id}: data off a zone's negative list are claimed, but the handler is in no zone`,
    })
  }
  return found
}

/** Places that cannot be told, or that are no place abroad: a typing error there would read like a destination. */
function destinations({ id, recipients = [], leavesChina }: FlowFacts, told: Told): readonly Words[] {
  return recipients.flatMap(({ country }) => {
    if (country === undefined) return []
    const code = countryCode(country, told)
    if (code === null) {
      return [
        {
          zh: `${id}：接收方所在国家或者地区（${country}）未能识别，请写 ISO 3166-1 代码，例如 NL`,
          en: `${id}: the recipient's country or region (${country}) is not known; write its ISO 3166-1 code, for example NL`,
        },
      ]
    }
    if (code !== 'CN' || leavesChina === false) return []
    return [
      {
        zh: `${id}：接收方在境内，却写明数据出境，请核对`,
        en: `${id}: the recipient is in mainland China, yet the data are said to leave; please check`,
      },
    ]
  })
}

/** A list the handler names that is not the one known to be in force: said, not decided, for the days are known from others. */
function listVersions(facts: ExportFacts, on: LegalDate): readonly Words[] {
  const ftz = facts.handler?.ftz
  if (ftz === undefined || ftz === 'none' || on < provisionsFrom) return []
  const { zone, version } = ftz
  if (zone === undefined) return []
  if (!isKnownZone(zone)) {
    return [
      {
        zh: `handler.ftz.zone 所填“${zone}”的负面清单不在所知版本之列（见 tongguan law lists），请核对`,
        en: `handler.ftz.zone: no negative list of "${zone}" is among those known of (tongguan law lists); please check`,
      },
    ]
  }
  if (version === undefined) return []
  const inForce = ftzListsOf(zone, on)
  if (inForce.some((list) => version.includes(list.version))) return []
  const known = inForce.map((list) => list.version).join(', ')
  return [
    known === ''
      ? {
          zh: `据二手资料，${on} 时 ${zone} 尚无负面清单施行，请核对所写版本（${version}）`,
          en: `By secondary sources no negative list of ${zone} was in force on ${on}; please check the version given (${version})`,
        }
      : {
          zh: `据二手资料，${on} 时 ${zone} 施行的是 ${known} 版，不是 ${version}，请核对`,
          en: `By secondary sources the list of ${zone} in force on ${on} is ${known}, not ${version}; please check`,
        },
  ]
}
