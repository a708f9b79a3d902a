import type { LegalDate } from './calendar.ts'
import type { Certainty, Citation, Words } from './citation.ts'
import type { OpenPoint } from './determination.ts'
import { coreDataTest, gradeOf, gradingMatrix, importantDataTest } from './important-data.ts'
import type { AffectedObject, ClassificationAnswer, ClassifiedData, DegreeOfHarm, Grade } from './important-data.ts'
import { industryDuties, majorChange, mustFileChange } from './industry-data.ts'
import { OutOfRange } from './out-of-range.ts'
import { anyHolds, holds, isInForce } from './provision.ts'
import type { Holds, Provision } from './provision.ts'
import { provisionsFrom } from './instruments/provisions-2024/article-14.ts'
import { weakest } from './rule.ts'
import { rulesAsOf } from './rules-as-of.ts'
import { isOver, sectorRules } from './sector-rules.ts'
import type { Sector, SectorRule, SetNumbers } from './sector-rules.ts'
import { leadingPack, sensitivityOf } from './sensitivity.ts'
import { kinds as knownKinds } from './terms.ts'
import type { Kind } from './terms.ts'

/** One set of data to be classified. A fact left out is unknown. */
export interface DataSet extends ClassifiedData {
  readonly id: string
  /** What its columns are about; a list that is given is the whole of it. */
  readonly kinds?: readonly Kind[]
  readonly minorsUnder14?: boolean
  readonly industry?: Industry
  /** The free trade zone whose numbers are looked up; of Beijing alone some are known. */
  readonly zone?: 'beijing'
  readonly numbers?: SetNumbers
  /** What would be affected, and how badly: for the grade of GB/T 43697-2024. */
  readonly harms?: readonly { readonly affects: AffectedObject; readonly harm: DegreeOfHarm }[]
  /** The entry of the catalogue filed with the regulator of industry, telecom or radio, and what it is now. */
  readonly catalogue?: {
    readonly scaleFiled?: number
    readonly scaleNow?: number
    readonly otherContentChanged?: boolean
  }
}

export type Industry = keyof typeof sectorOf

/** The trades a set may belong to, as `flows.N.industry` of the facts names them too, and whose rules are looked up. */
export const sectorOf = {
  automobile: 'automobile',
  'human-genetic-resources': 'human-genetic-resources',
  health: 'health',
  'credit-reporting': 'credit-reporting',
  geography: 'geography',
  finance: 'finance',
  industry: 'industry-and-telecom',
  telecom: 'industry-and-telecom',
  radio: 'industry-and-telecom',
  other: 'all',
} as const satisfies Record<string, Sector>

export interface Classification {
  readonly schema: 'tongguan/classification/1'
  readonly on: LegalDate
  readonly sets: readonly ClassifiedSet[]
  readonly rules: LegalDate
  readonly openPoints: readonly OpenPoint[]
}

export interface ClassifiedSet {
  readonly id: string
  /** What a declaration goes by: the act of an authority; before Order 16 the definition of important data too. */
  readonly grade: Grade | 'unknown'
  readonly personalInformation: Holds
  readonly sensitive: SensitivityAnswer
  readonly important: ClassificationAnswer
  readonly core: ClassificationAnswer
  /** The grade the standard's table proposes; null where no harm was stated or the standard was not in force. */
  readonly proposed: {
    readonly grade: Grade
    readonly citation: Citation
    readonly certainty: Certainty
  } | null
  /** The rules of its trade on that day, each with whether its number is reached; null where the number is no matter of the set. */
  readonly sectorRules: readonly (Omit<SectorRule, 'number'> & {
    readonly number: SectorRule['number'] | null
    readonly over: Holds | null
  })[]
  /** In industry, telecom and radio: what its grade asks for, and whether a change must be filed; null elsewhere. */
  readonly industry: {
    readonly duties: readonly Provision[]
    readonly fileChange: Holds
    readonly majorChange: Words & { readonly citation: Citation }
  } | null
  /** Facts without which something above is unknown. */
  readonly missing: readonly string[]
  readonly certainty: Certainty
}

export interface SensitivityAnswer {
  readonly answer: Holds
  /** The list a classification goes by on the day. */
  readonly list: string
  readonly citation: Citation
  readonly certainty: Certainty
  /** The kinds of the set that stand in it. */
  readonly kinds: readonly Kind[]
  /** All lists of the day, those that name one of the kinds and those that name none. */
  readonly under: readonly string[]
  readonly notUnder: readonly string[]
}

/**
 * Sensitive, important, core or general, set by set, by the lists and definitions of a day. The definition tells a handler
 * what to identify and file; what must be declared is what an authority has notified or published (Order 16 art. 2).
 * Throws OutOfRange for a day before 2022-09-01.
 */
export function classify(sets: readonly DataSet[], on: LegalDate): Classification {
  const found = sets.map((set) => classifySet(set, on))
  return {
    schema: 'tongguan/classification/1',
    on,
    sets: found,
    rules: rulesAsOf,
    openPoints: openPointsOf(sets, found, on),
  }
}

function classifySet(set: DataSet, on: LegalDate): ClassifiedSet {
  const important = importantDataTest(set, on)
  const pack = leadingPack(on)
  if (important === undefined || pack === undefined) {
    throw new OutOfRange({
      zh: `${on} 时《数据出境安全评估办法》尚未施行；请给出 2022-09-01 或以后的日期`,
      en: `On ${on} the Measures for the assessment were not in force; give a day from 2022-09-01`,
    })
  }
  const core = coreDataTest(set)
  const sensitive = sensitivity(set, on, pack)
  const proposed = set.harms === undefined || !isInForce(gradingMatrix.inForce, on) ? null : proposal(set.harms)
  const rules = rulesOfTrade(set, on)
  const industry = ofIndustry(set, on)
  return {
    id: set.id,
    grade: grade(important, core, on),
    personalInformation: personal(set),
    sensitive,
    important,
    core,
    proposed,
    sectorRules: rules,
    industry,
    missing: [
      ...new Set([
        ...(sensitive.answer === 'unknown' ? openOf(set, ['kinds', 'minorsUnder14']) : []),
        ...important.missing,
        ...core.missing,
        ...rules.flatMap(({ over, number }) => (over === 'unknown' && number?.of ? [`numbers.${number.of}`] : [])),
        ...(industry?.fileChange === 'unknown' ? ['catalogue'] : []),
      ]),
    ],
    certainty: weakest(important.certainty, core.certainty, sensitive.certainty),
  }
}

function grade(important: ClassificationAnswer, core: ClassificationAnswer, on: LegalDate): Grade | 'unknown' {
  if (core.byAuthority === 'yes') return 'core'
  // Until Order 16 whoever met the definition declared, told or not.
  const declared =
    on < provisionsFrom ? anyHolds([important.byAuthority, important.byDefinition]) : important.byAuthority
  if (core.byAuthority === 'unknown' || declared === 'unknown') return 'unknown'
  return declared === 'yes' ? 'important' : 'general'
}

function personal({ kinds, minorsUnder14 }: DataSet): Holds {
  if (minorsUnder14 === true || kinds?.some((kind) => knownKinds[kind].personal) === true) return 'yes'
  return kinds === undefined ? 'unknown' : 'no'
}

function sensitivity(
  set: DataSet,
  on: LegalDate,
  pack: NonNullable<ReturnType<typeof leadingPack>>,
): SensitivityAnswer {
  const kinds = (set.kinds ?? []).filter((kind) => pack.kinds.includes(kind))
  const answer =
    personal(set) === 'no' ? 'no' : anyHolds([holds(set.kinds && kinds.length > 0), holds(set.minorsUnder14)])
  const { under, notUnder } = sensitivityOf(set.kinds ?? [], on)
  const { name: list, citation, certainty } = pack
  return { answer, list, citation, certainty, kinds, under, notUnder }
}

function proposal(harms: NonNullable<DataSet['harms']>): ClassifiedSet['proposed'] {
  const { citation, certainty } = gradingMatrix
  return { grade: gradeOf(harms), citation, certainty }
}

function rulesOfTrade({ industry, zone, numbers = {} }: DataSet, on: LegalDate): ClassifiedSet['sectorRules'] {
  const sectors: readonly Sector[] = [
    ...(industry === undefined ? [] : [sectorOf[industry]]),
    ...(zone === undefined ? [] : (['beijing-zone'] as const)),
    'all',
  ]
  return sectorRules
    .filter(({ sector, inForce }) => sectors.includes(sector) && isInForce(inForce, on))
    .filter(({ sector, number }) => sector !== 'all' || number?.of !== undefined)
    .map((rule) => {
      const count = rule.number?.of && numbers[rule.number.of]
      const asked = rule.number?.of !== undefined
      const over = count === undefined ? null : isOver(rule, count)
      return { ...rule, number: rule.number ?? null, over: asked ? holds(over ?? undefined) : null }
    })
}

function ofIndustry({ industry, catalogue = {} }: DataSet, on: LegalDate): ClassifiedSet['industry'] {
  if (industry === undefined || sectorOf[industry] !== 'industry-and-telecom') return null
  if (!isInForce(majorChange.inForce, on)) return null
  const { zh, en, citation } = majorChange
  return { duties: industryDuties, fileChange: mustFileChange(catalogue), majorChange: { zh, en, citation } }
}

function openOf(set: DataSet, facts: readonly (keyof DataSet)[]): readonly string[] {
  return facts.filter((fact) => set[fact] === undefined)
}

/** Questions about classification that were left open, or lists that were not obtained, and how they are read. */
export const classificationOpenPointWords = {
  'definition-alone': {
    zh: '符合重要数据定义而未被告知、未公布的，2024-03-22 起不需要作为重要数据申报；识别和报送的义务仍在',
    en: 'What meets the definition and was neither notified nor published need not be declared as important from 2024-03-22; identifying and filing it stays due',
  },
  'core-by-relation': {
    zh: '看来属于核心数据而主管部门尚未认定的，由人工报主管部门；在其答复之前不得出境',
    en: 'What appears to be core data and was not named so goes to the competent department by a person; nothing leaves before it has spoken',
  },
  'standard-of-2025': {
    zh: 'GB/T 45574-2025 的全文未取得，所列类别按说明和2024年实践指南理解；有充分理由和证据的可以推翻，须记录理由',
    en: 'The full text of GB/T 45574-2025 was not obtained; its classes are read from notes and the practice guide of 2024; a listed item may be rebutted with reasons and evidence that are kept',
  },
  'items-together': {
    zh: '多项一般个人信息汇聚后整体上可能构成敏感个人信息，须由人判断',
    en: 'Several ordinary items together may be sensitive as a whole; a person must judge that',
  },
  'grading-table': {
    zh: 'GB/T 43697-2024 的定级表凭记忆，未核对原文；只作建议',
    en: 'The grading table of GB/T 43697-2024 is from memory and not checked; a proposal only',
  },
  'automobile-hundred-thousand': {
    zh: '2021年汽车规定的10万人与2024年的100万人不一致；只提示可能为重要数据，以告知或2026年清单为准',
    en: 'The 100,000 persons of the automobile rules of 2021 are at odds with the million of 2024; a possible important set, which a notice or the list of 2026 decides',
  },
  'sector-catalogue-not-obtained': {
    zh: '该行业的重要数据识别指南或者目录未取得；须对照原文',
    en: "The trade's guide or catalogue of important data was not obtained; compare the original",
  },
} as const satisfies Record<string, Words>

function openPointsOf(sets: readonly DataSet[], found: readonly ClassifiedSet[], on: LegalDate): readonly OpenPoint[] {
  const any = (is: (set: ClassifiedSet) => boolean) => found.some(is)
  const trades = ['automobile', 'industry', 'telecom', 'radio', 'geography', 'finance'] as const
  const touched: Readonly<Record<keyof typeof classificationOpenPointWords, boolean>> = {
    'definition-alone':
      provisionsFrom <= on && any((set) => set.important.byDefinition === 'yes' && set.important.byAuthority !== 'yes'),
    'core-by-relation': any(({ core }) => core.byDefinition === 'yes' && core.byAuthority !== 'yes'),
    'standard-of-2025': any(({ sensitive }) => sensitive.list === 'GB/T 45574-2025' && sensitive.kinds.length > 0),
    'items-together': any(
      ({ sensitive, personalInformation }) => sensitive.answer === 'no' && personalInformation === 'yes',
    ),
    'grading-table': any(({ proposed }) => proposed !== null),
    'automobile-hundred-thousand': any((set) =>
      set.sectorRules.some(({ code, over }) => code === 'AUTO-3.5' && over === 'yes'),
    ),
    'sector-catalogue-not-obtained': sets.some(({ industry }) => trades.some((trade) => trade === industry)),
  }
  return Object.entries(classificationOpenPointWords).flatMap(([id, words]) =>
    touched[id as keyof typeof touched] ? [{ id, ...words }] : [],
  )
}
