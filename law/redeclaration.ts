import { legalDate } from './calendar.ts'
import type { LegalDate } from './calendar.ts'
import type { Certainty, Words } from './citation.ts'
import { OutOfRange } from './out-of-range.ts'
import { allHold, anyHolds, holds, isInForce } from './provision.ts'
import type { Holds, Provision } from './provision.ts'

/**
 * One export as assessed, or as it would now be: what article 14 asks about. A permit gives most of it; what is left out
 * is unknown and compares to nothing.
 */
export interface ExportScope {
  readonly handler?: { readonly name?: string; readonly actualController?: string }
  readonly legalDocument?: { readonly title?: string; readonly version?: string }
  readonly scenarios: readonly ScopeScenario[]
}

export interface ScopeScenario {
  readonly id: string
  readonly purpose?: string
  readonly manner?: string
  /** The data items, by name. */
  readonly items?: readonly string[]
  /** Kinds of data, e.g. sensitive, important. */
  readonly types?: readonly string[]
  readonly recipients?: readonly ScopeRecipient[]
  /** Storage abroad, as written; `retentionMonths` where it is a number of months. */
  readonly retention?: string
  readonly retentionMonths?: number
  readonly storagePlace?: string
  /** Distinct persons. */
  readonly persons?: { readonly general: number; readonly sensitive: number }
  readonly importantDataBytes?: number | null
}

export interface ScopeRecipient {
  readonly name: string
  readonly country: string
  readonly actualController?: string
  readonly use?: string
  readonly manner?: string
}

/** What no document shows: answered by a person, or left out. */
export interface Circumstances {
  /** Data protection law or the security environment of the recipient's country changed, or other force majeure. */
  readonly recipientCountryChanged?: boolean
  readonly otherCircumstances?: boolean
  /** Whether the change found under this trigger affects the security of the exported data, as assessed by a person. */
  readonly affectsSecurity?: Readonly<Partial<Record<RedeclarationTriggerCode, boolean>>>
}

export type RedeclarationTriggerCode =
  | 'T-1a'
  | 'T-1b'
  | 'T-1c'
  | 'T-2a'
  | 'T-2b'
  | 'T-2c'
  | 'T-3'
  | 'T-scale'
  | 'SCC-8.1'
  | 'SCC-8.2'
  | 'SCC-8.3'

/** What the scope was approved or filed by. */
export type ScopeRoute = 'assessment' | 'standard-contract'

export interface RedeclarationComparison {
  readonly schema: 'tongguan/redeclaration/1'
  readonly on: LegalDate
  readonly route: ScopeRoute
  /**
   * `yes` when any trigger fires: declared again before the change is carried out; under a standard contract, a new impact
   * assessment, the contract supplemented or signed anew, and filed.
   */
  readonly declareAgain: Holds
  readonly triggers: readonly (Provision & {
    readonly needsEffectOnSecurity: boolean
    readonly fires: Holds
    /** Whether anything changed; where it did, `affectsSecurity` decides. */
    readonly changed: Holds
    readonly affectsSecurity: Holds
    readonly differences: readonly ScopeDifference[]
    readonly missing: readonly string[]
  })[]
  readonly certainty: Certainty
}

export interface ScopeDifference {
  /** Where, as `scenarios.research.items`. */
  readonly field: string
  readonly before: string | number | null
  readonly after: string | number | null
}

/**
 * Which triggers of Order 11 art. 14 (and the scale of the network data regulations, art. 38) the new scope fires against
 * the approved one. A change that touches security fires; one whose effect nobody has assessed leaves the trigger unknown;
 * longer storage abroad fires by itself. By `standard-contract` the triggers are those of Order 13 art. 8. Replacing or
 * upgrading systems alone is no trigger (answers of October 2025, no. 6). Throws OutOfRange for a day before the route was
 * in force: there was nothing to declare again, which is not the same as that nothing need be.
 */
export function compareScopes(
  before: ExportScope,
  after: ExportScope,
  circumstances: Circumstances,
  on: LegalDate,
  route: ScopeRoute = 'assessment',
): RedeclarationComparison {
  const inForce = (route === 'assessment' ? redeclarationTriggers : contractTriggers).filter((one) =>
    isInForce(one.inForce, on),
  )
  if (inForce.length === 0) {
    throw new OutOfRange({
      zh: `${on} 时该途径尚未施行，没有可以比较的规则；评估自 2022-09-01 起，标准合同自 2023-06-01 起`,
      en: `On ${on} this route was not in force and there is no rule to compare by: the assessment is from 2022-09-01, the standard contract from 2023-06-01`,
    })
  }
  const triggers = inForce.map(({ look, ...trigger }) => {
    const { differences, missing, answered } = look(before, after, circumstances)
    const changed = differences.length > 0 ? 'yes' : (answered ?? (missing.length > 0 ? 'unknown' : 'no'))
    const affectsSecurity = trigger.needsEffectOnSecurity ? holds(circumstances.affectsSecurity?.[trigger.code]) : 'yes'
    return {
      ...trigger,
      changed,
      affectsSecurity,
      fires: changed === 'no' ? ('no' as const) : allHold([changed, affectsSecurity]),
      differences,
      missing: [
        ...missing,
        ...(changed !== 'no' && affectsSecurity === 'unknown' ? [`affectsSecurity.${trigger.code}`] : []),
      ],
    }
  })
  return {
    schema: 'tongguan/redeclaration/1',
    on,
    route,
    declareAgain: anyHolds(triggers.map(({ fires }) => fires)),
    triggers,
    certainty: triggers.some(({ fires, certainty }) => fires === 'yes' && certainty === 'contested')
      ? 'contested'
      : 'primary',
  }
}

interface Looked {
  readonly differences: readonly ScopeDifference[]
  readonly missing: readonly string[]
  /** Where a person answers instead of a document. */
  readonly answered?: Holds
}

interface RedeclarationTrigger extends Provision {
  readonly code: RedeclarationTriggerCode
  /** Whether the text asks that the change affects the security of the exported data. */
  readonly needsEffectOnSecurity: boolean
  readonly look: (before: ExportScope, after: ExportScope, circumstances: Circumstances) => Looked
}

const trigger = (
  code: RedeclarationTriggerCode,
  item: number,
  words: Words,
  needsEffectOnSecurity: boolean,
  look: RedeclarationTrigger['look'],
): RedeclarationTrigger => ({
  code,
  ...words,
  citation: { instrument: 'measures-2022', article: 14, paragraph: 1, item },
  inForce: { from: legalDate('2022-09-01') },
  certainty: 'primary',
  needsEffectOnSecurity,
  look,
})

/** Order 11 art. 14(1) to (3), unchanged by Order 16; and the approved scale, which the regulations of 2025 forbid to exceed. */
export const redeclarationTriggers: readonly RedeclarationTrigger[] = [
  trigger(
    'T-1a',
    1,
    {
      zh: '出境的目的、方式、范围、种类发生变化，影响出境数据安全',
      en: 'The purpose, manner, scope or types of the export change and the security of the data is affected',
    },
    true,
    (before, after) => joined(scenarioSet(before, after), ...eachScenario(before, after, scopeOf)),
  ),
  trigger(
    'T-1b',
    1,
    {
      zh: '境外接收方处理数据的用途、方式发生变化，影响出境数据安全',
      en: "The recipient's use or manner of processing changes and the security of the data is affected",
    },
    true,
    (before, after) => joined(...eachScenario(before, after, useOf)),
  ),
  trigger(
    'T-1c',
    1,
    {
      zh: '延长个人信息和重要数据的境外保存期限',
      en: 'Personal information or important data are kept abroad for longer',
    },
    false,
    (before, after) => joined(...eachScenario(before, after, (old, now, at) => [longer(at('retention'), old, now)])),
  ),
  trigger(
    'T-2a',
    2,
    {
      zh: '境外接收方所在国家或者地区数据安全保护政策法规、网络安全环境发生变化，或者发生其他不可抗力，影响出境数据安全',
      en: "The data protection law or security environment of the recipient's country changes, or other force majeure, and the security of the data is affected",
    },
    true,
    (_before, _after, { recipientCountryChanged }) => asked('recipientCountryChanged', recipientCountryChanged),
  ),
  trigger(
    'T-2b',
    2,
    {
      zh: '数据处理者或者境外接收方实际控制权发生变化，影响出境数据安全',
      en: 'The actual control of the handler or the recipient changes and the security of the data is affected',
    },
    true,
    (before, after) =>
      joined(
        same('handler.actualController', before.handler?.actualController, after.handler?.actualController),
        ...eachScenario(before, after, (old, now, at) =>
          eachRecipient(old, now, at, (oldOne, newOne, of) => [
            same(of('actualController'), oldOne.actualController, newOne.actualController),
          ]),
        ),
      ),
  ),
  trigger(
    'T-2c',
    2,
    {
      zh: '数据处理者与境外接收方的法律文件发生变更，影响出境数据安全',
      en: 'The legal document between handler and recipient changes and the security of the data is affected',
    },
    true,
    (before, after) => same('legalDocument.version', before.legalDocument?.version, after.legalDocument?.version),
  ),
  trigger(
    'T-3',
    3,
    {
      zh: '出现影响出境数据安全的其他情形',
      en: 'Other circumstances affect the security of the exported data',
    },
    true,
    (_before, _after, { otherCircumstances }) => asked('otherCircumstances', otherCircumstances),
  ),
  {
    code: 'T-scale',
    zh: '超出评估时明确的规模：第三十八条不允许超出，重新申报是由此得出的理解',
    en: 'The scale the assessment settled is exceeded: article 38 forbids it, to declare again is what follows by our reading',
    citation: { instrument: 'network-data-regulations-2025', article: 38 },
    inForce: { from: legalDate('2025-01-01') },
    certainty: 'contested',
    needsEffectOnSecurity: false,
    look: (before, after) =>
      joined(
        ...eachScenario(before, after, (old, now, at) => [
          more(at('persons.general'), old.persons?.general, now.persons?.general),
          more(at('persons.sensitive'), old.persons?.sensitive, now.persons?.sensitive),
          more(at('importantDataBytes'), bytes(old), bytes(now)),
        ]),
      ),
  },
]

/** Order 13 art. 8: what makes a standard contract be supplemented or signed anew. In the first case no effect is asked for. */
export const contractTriggers: readonly RedeclarationTrigger[] = [
  contractTrigger(
    'SCC-8.1',
    1,
    {
      zh: '目的、范围、种类、敏感程度、方式、保存地点或者接收方的用途、方式变化，或者延长境外保存期限',
      en: "Purpose, scope, types, sensitivity, manner, place of storage or the recipient's use or manner change, or storage abroad is longer",
    },
    false,
    (before, after) =>
      joined(
        scenarioSet(before, after),
        ...eachScenario(before, after, (old, now, at) => [
          ...scopeOf(old, now, at),
          same(at('storagePlace'), old.storagePlace, now.storagePlace),
          ...useOf(old, now, at),
          longer(at('retention'), old, now),
        ]),
      ),
  ),
  contractTrigger(
    'SCC-8.2',
    2,
    {
      zh: '境外接收方所在国家或者地区的个人信息保护政策法规变化，可能影响个人信息权益',
      en: "The personal information law of the recipient's country changes and may affect the rights of individuals",
    },
    true,
    (_before, _after, { recipientCountryChanged }) => asked('recipientCountryChanged', recipientCountryChanged),
  ),
  contractTrigger(
    'SCC-8.3',
    3,
    { zh: '可能影响个人信息权益的其他情形', en: 'Other circumstances that may affect the rights of individuals' },
    true,
    (_before, _after, { otherCircumstances }) => asked('otherCircumstances', otherCircumstances),
  ),
]

function contractTrigger(
  code: RedeclarationTriggerCode,
  item: number,
  words: Words,
  needsEffectOnSecurity: boolean,
  look: RedeclarationTrigger['look'],
): RedeclarationTrigger {
  return {
    ...trigger(code, item, words, needsEffectOnSecurity, look),
    citation: { instrument: 'contract-measures-2023', article: 8, paragraph: 1, item },
    inForce: { from: legalDate('2023-06-01') },
  }
}

function scopeOf(old: ScopeScenario, now: ScopeScenario, at: (name: string) => string): readonly Looked[] {
  return [
    same(at('purpose'), old.purpose, now.purpose),
    same(at('manner'), old.manner, now.manner),
    same(at('recipients'), list(old.recipients?.map(nameOf)), list(now.recipients?.map(nameOf))),
    same(at('items'), list(old.items), list(now.items)),
    bothOrNeither(at('types'), list(old.types), list(now.types)),
  ]
}

function useOf(old: ScopeScenario, now: ScopeScenario, at: (name: string) => string): readonly Looked[] {
  return eachRecipient(old, now, at, (oldOne, newOne, of) => [
    same(of('use'), oldOne.use, newOne.use),
    same(of('manner'), oldOne.manner, newOne.manner),
  ])
}

const nothing: Looked = { differences: [], missing: [] }

function joined(...looked: readonly Looked[]): Looked {
  return {
    differences: looked.flatMap(({ differences }) => differences),
    missing: [...new Set(looked.flatMap(({ missing }) => missing))],
  }
}

function asked(name: string, answer: boolean | undefined): Looked {
  return { differences: [], missing: answer === undefined ? [name] : [], answered: holds(answer) }
}

function same(field: string, before: string | undefined, after: string | undefined): Looked {
  if (before === undefined || after === undefined) return { differences: [], missing: [field] }
  return before === after ? nothing : { differences: [{ field, before, after }], missing: [] }
}

/** A field a scope may well leave out: compared where either side has it. */
function bothOrNeither(field: string, before: string | undefined, after: string | undefined): Looked {
  return before === undefined && after === undefined ? nothing : same(field, before, after)
}

function more(field: string, before: number | undefined, after: number | undefined): Looked {
  if (before === undefined || after === undefined) return { differences: [], missing: [field] }
  return after <= before ? nothing : { differences: [{ field, before, after }], missing: [] }
}

function longer(field: string, old: ScopeScenario, now: ScopeScenario): Looked {
  if (old.retentionMonths !== undefined && now.retentionMonths !== undefined) {
    return more(field, old.retentionMonths, now.retentionMonths)
  }
  // The same words are the same period; whether other words mean longer only a number of months can tell.
  const unchanged = old.retention !== undefined && old.retention === now.retention
  return unchanged ? nothing : { differences: [], missing: [`${field}Months`] }
}

function bytes({ importantDataBytes }: ScopeScenario): number | undefined {
  return importantDataBytes === null ? 0 : importantDataBytes
}

function list(names: readonly string[] | undefined): string | undefined {
  return names === undefined ? undefined : [...new Set(names)].sort().join(', ')
}

function nameOf({ name, country }: ScopeRecipient): string {
  return `${name} (${country})`
}

/** A scenario the approval does not know is a change of scope; one that is given up is none. */
function scenarioSet(before: ExportScope, after: ExportScope): Looked {
  const known = new Set(before.scenarios.map(({ id }) => id))
  const added = after.scenarios.filter(({ id }) => !known.has(id))
  return {
    differences: added.map(({ id }) => ({ field: `scenarios.${id}`, before: null, after: id })),
    missing: [],
  }
}

function eachScenario(
  before: ExportScope,
  after: ExportScope,
  look: (old: ScopeScenario, now: ScopeScenario, at: (name: string) => string) => readonly Looked[],
): readonly Looked[] {
  return after.scenarios.flatMap((now) => {
    const old = before.scenarios.find(({ id }) => id === now.id)
    return old === undefined ? [] : look(old, now, (name) => `scenarios.${now.id}.${name}`)
  })
}

function eachRecipient(
  old: ScopeScenario,
  now: ScopeScenario,
  at: (name: string) => string,
  look: (oldOne: ScopeRecipient, newOne: ScopeRecipient, of: (name: string) => string) => readonly Looked[],
): readonly Looked[] {
  return (now.recipients ?? []).flatMap((newOne) => {
    const oldOne = old.recipients?.find((one) => nameOf(one) === nameOf(newOne))
    return oldOne === undefined ? [] : look(oldOne, newOne, (name) => at(`recipients.${newOne.name}.${name}`))
  })
}
