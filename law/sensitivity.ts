import { addYears, legalDate } from './calendar.ts'
import type { LegalDate } from './calendar.ts'
import type { Citation, Certainty, Words } from './citation.ts'
import { isInForce } from './provision.ts'
import type { InForce } from './provision.ts'
import type { Kind } from './terms.ts'

/**
 * A dated list of what counts as sensitive personal information. A list is never overwritten: a new one has a new name.
 */
export interface SensitivityPack {
  /** As evidence and documents name it. */
  readonly name: string
  readonly citation: Citation
  readonly inForce: InForce
  /** When it is the list a classification goes by; a standard replaced by a newer one stays readable after. */
  readonly leads: InForce | null
  readonly certainty: Certainty
  /** A law binds; a national standard is recommended; a practice guide is read beside it. */
  readonly rank: 'law' | 'standard' | 'practice-guide'
  readonly categories: readonly SensitiveCategory[]
  /** The kinds of column that fall under its categories by their wording; minors are told person by person. */
  readonly kinds: readonly Kind[]
}

export interface SensitiveCategory extends Words {
  readonly code: SensitiveCategoryCode
  readonly examples: Words
}

export type SensitiveCategoryCode =
  | 'biometric'
  | 'religion'
  | 'specific-identity'
  | 'health'
  | 'financial-account'
  | 'whereabouts'
  | 'minors'
  | 'identity-documents'
  | 'property'
  | 'credentials'
  | 'other'

const biometric: SensitiveCategory = {
  code: 'biometric',
  zh: '生物识别信息',
  en: 'biometrics',
  examples: {
    zh: '基因、人脸、声纹、步态、指纹、掌纹、眼纹、耳廓、虹膜',
    en: 'gene, face, voice, gait, fingerprint, palm, eye, ear, iris',
  },
}

const religion: SensitiveCategory = {
  code: 'religion',
  zh: '宗教信仰信息',
  en: 'religious belief',
  examples: {
    zh: '信仰的宗教、加入的组织、职位、参加的活动、特殊习俗',
    en: 'religion, organisation, position in it, activities, special customs',
  },
}

const specificIdentity: SensitiveCategory = {
  code: 'specific-identity',
  zh: '特定身份信息',
  en: 'specific identity',
  examples: { zh: '残障人士身份、不适宜公开的职业身份', en: 'disability, occupation not fit for disclosure' },
}

const medical: SensitiveCategory = {
  code: 'health',
  zh: '医疗健康信息',
  en: 'medical health',
  examples: {
    zh: '病症、既往病史、家族病史、传染病史、体检报告、生育信息、就诊和用药记录、检验检查报告；与疾病无关的身高、体重、血型、血压、肺活量不在内',
    en: 'illness, history, family history, infectious disease, check-up, fertility, records of visits and medication, test and examination reports; not height, weight, blood type, blood pressure or lung capacity unrelated to disease',
  },
}

const financialAccount: SensitiveCategory = {
  code: 'financial-account',
  zh: '金融账户信息',
  en: 'financial accounts',
  examples: {
    zh: '银行、证券、基金、保险、公积金账号及密码，支付账号，磁条或者芯片数据，支付标记，个人收入明细',
    en: 'account numbers and passwords of bank, securities, fund, insurance and provident fund, payment account, magnetic-stripe or chip data, payment token, detailed personal income',
  },
}

const whereabouts: SensitiveCategory = {
  code: 'whereabouts',
  zh: '行踪轨迹信息',
  en: 'whereabouts',
  examples: {
    zh: '连续精准定位轨迹、车辆行驶轨迹、人员活动轨迹；配送员、骑手为履行服务的轨迹除外，根据网络地址推知的位置不是精准定位',
    en: 'continuous precise track, vehicle track, track of movement; except tracks of couriers and riders doing their service; a location by IP address is not precise',
  },
}

const minors: SensitiveCategory = {
  code: 'minors',
  zh: '不满十四周岁未成年人的个人信息',
  en: 'any personal information of minors under fourteen',
  examples: { zh: '任何个人信息', en: 'any' },
}

const otherOfGuide: SensitiveCategory = {
  code: 'other',
  zh: '其他敏感个人信息',
  en: 'other',
  examples: {
    zh: '精准定位、居民身份证照片、性取向、性生活、征信信息、犯罪记录、展示身体私密部位的照片或者视频',
    en: 'precise location, photo of the ID card, sexual orientation, sex life, credit information, criminal record, images of private parts',
  },
}

/** The practice guide's list, which the standard of 2025 follows. */
const listOfGuide = [
  biometric,
  religion,
  specificIdentity,
  medical,
  financialAccount,
  whereabouts,
  minors,
  otherOfGuide,
] as const

// What every list names in one wording or another: biometrics, faith and conviction, health, accounts, whereabouts.
const kindsOfEveryList = [
  'diagnosis',
  'allergy',
  'family_history',
  'medication',
  'lab_result',
  'vital_sign',
  'procedure',
  'visit',
  'imaging',
  'imaging_report',
  'clinical_note',
  'genotype',
  // The end of an illness is part of its record.
  'death',
  'biometric',
  'religion',
  'political_status',
  'sexual_orientation',
  'precise_location',
  'bank_account',
  'card_number',
] as const satisfies readonly Kind[]

// The bare number of a document, deposits and transactions are not in the guide's list; detailed income and the password
// of an account are, and credit and records of offences.
const kindsOfGuide = [
  ...kindsOfEveryList,
  'military_id',
  'income',
  'credit_info',
  'criminal_suspicion',
  'password',
  'password_hash',
] as const satisfies readonly Kind[]

export const sensitivityPacks: readonly SensitivityPack[] = [
  {
    name: 'PIPL art. 28',
    citation: { instrument: 'pipl-2021', article: 28 },
    inForce: { from: legalDate('2021-11-01') },
    // The law names the classes; a list of fields is read beside it.
    leads: null,
    certainty: 'primary',
    rank: 'law',
    categories: [
      biometric,
      religion,
      specificIdentity,
      medical,
      {
        ...financialAccount,
        examples: { zh: '金融账户', en: 'financial accounts' },
      },
      whereabouts,
      minors,
    ],
    // The law names the classes, not the fields; these fall under them by their wording.
    kinds: kindsOfEveryList,
  },
  {
    name: 'GB/T 35273-2020',
    citation: { instrument: 'gbt-35273-2020', article: 0, annex: 'B' },
    inForce: { from: legalDate('2020-10-01') },
    leads: { from: legalDate('2020-10-01'), to: legalDate('2025-10-31') },
    certainty: 'primary',
    rank: 'standard',
    categories: [
      {
        code: 'identity-documents',
        zh: '身份证件信息',
        en: 'identity documents',
        examples: {
          zh: '身份证、护照、驾驶证、社会保障号等证件号码',
          en: 'numbers of ID card, passport, driving licence, social security',
        },
      },
      {
        code: 'property',
        zh: '个人财产信息',
        en: 'property',
        examples: {
          zh: '银行账户、存款、交易和消费记录、征信、房产、流水、收入',
          en: 'accounts, deposits, records of transactions and consumption, credit, real estate, income',
        },
      },
      {
        code: 'credentials',
        zh: '鉴别信息',
        en: 'credentials',
        examples: { zh: '口令、密保', en: 'passwords and secrets' },
      },
      medical,
      biometric,
      religion,
      whereabouts,
      {
        ...minors,
        zh: '14岁以下（含）儿童的个人信息',
        en: 'personal information of children of fourteen and under',
      },
      {
        code: 'other',
        zh: '其他信息',
        en: 'other',
        examples: {
          zh: '婚史、通信记录和内容、通讯录、网页浏览记录、住宿信息、精准定位、性取向、未公开的违法犯罪记录',
          en: 'marital history, communications and contacts, browsing history, lodging, precise location, sexual orientation, criminal record not public',
        },
      },
    ],
    kinds: [
      ...kindsOfEveryList,
      'national_id',
      'hmt_id',
      'permanent_residence_id',
      'military_id',
      'passport',
      'travel_permit',
      'driver_licence',
      'social_security_no',
      'income',
      'finance',
      'balance',
      'transaction',
      'credit_info',
      'criminal_suspicion',
      'credential',
      'password',
      'password_hash',
    ],
  },
  {
    name: 'TC260-PG-20244A',
    citation: { instrument: 'sensitive-guide-2024', article: 0 },
    inForce: { from: legalDate('2024-09-01') },
    leads: null,
    certainty: 'primary',
    rank: 'practice-guide',
    categories: listOfGuide,
    kinds: kindsOfGuide,
  },
  {
    name: 'GB/T 45574-2025',
    citation: { instrument: 'gbt-45574-2025', article: 0, annex: 'A' },
    inForce: { from: legalDate('2025-11-01') },
    leads: { from: legalDate('2025-11-01') },
    certainty: 'secondary',
    rank: 'standard',
    categories: listOfGuide,
    kinds: kindsOfGuide,
  },
]

/** How the list of 2025 differs from that of 2020, for whoever classified by the old one. */
export const sensitivityDifferences: readonly SensitivityDifference[] = [
  differs('id-number', '居民身份证号码本身', 'the number of an ID card, by itself', true, false),
  differs('id-photo', '居民身份证照片', 'the photo of an ID card', true, true),
  differs('marital-status', '婚姻状况、婚史', 'marital status and history', true, false),
  differs('deposits', '存款、交易和消费记录', 'deposits, records of transactions and consumption', true, false),
  differs('fourteen', '十四周岁当年的儿童', 'a child who is fourteen', true, false),
]

export interface SensitivityDifference extends Words {
  readonly code: string
  readonly citation: Citation
  readonly certainty: Certainty
  readonly sensitiveIn2020: boolean
  readonly sensitiveIn2025: boolean
}

function differs(
  code: string,
  zh: string,
  en: string,
  sensitiveIn2020: boolean,
  sensitiveIn2025: boolean,
): SensitivityDifference {
  const citation = { instrument: 'gbt-45574-2025', article: 0, annex: 'A' } as const
  return { code, zh, en, citation, certainty: 'secondary', sensitiveIn2020, sensitiveIn2025 }
}

/** How a match with a list is to be taken (practice guide of 2024, followed by GB/T 45574-2025). */
export const sensitivityRules: readonly (Words & { readonly code: string; readonly citation: Citation })[] = [
  {
    code: 'one-harm',
    zh: '泄露或者非法使用易导致人格尊严受侵害、人身安全或者财产安全受危害，有其一即为敏感',
    en: 'One harm suffices: to dignity, to personal safety or to property',
    citation: { instrument: 'sensitive-guide-2024', article: 0 },
  },
  {
    code: 'rebuttal',
    zh: '列入清单的视为敏感；有充分理由和证据表明达不到上述条件的除外，须记录理由',
    en: 'What is listed is sensitive, unless good reasons and evidence show that it does not reach that; the reason is kept',
    citation: { instrument: 'sensitive-guide-2024', article: 0 },
  },
  {
    code: 'aggregation',
    zh: '多项一般个人信息汇聚后整体上达到条件的，整体为敏感',
    en: 'Several ordinary items together may be sensitive as a whole',
    citation: { instrument: 'sensitive-guide-2024', article: 0 },
  },
  {
    code: 'other-law',
    zh: '其他法律法规另有规定的，从其规定',
    en: 'Other law may name more',
    citation: { instrument: 'sensitive-guide-2024', article: 0 },
  },
]

/** The packs in force on a day; practice guides are examples beside them, not lists of their own. */
export function sensitivityPacksOn(on: LegalDate): readonly SensitivityPack[] {
  return sensitivityPacks.filter(({ inForce, rank }) => rank !== 'practice-guide' && isInForce(inForce, on))
}

/** Under which lists of that day any of these kinds is sensitive, and under which none is, by their names. */
export function sensitivityOf(
  kinds: readonly Kind[],
  on: LegalDate,
): { readonly under: readonly string[]; readonly notUnder: readonly string[] } {
  const packs = sensitivityPacksOn(on)
  const under = packs.filter((pack) => kinds.some((kind) => pack.kinds.includes(kind)))
  return { under: namesOf(under), notUnder: namesOf(packs.filter((pack) => !under.includes(pack))) }
}

const namesOf = (packs: readonly SensitivityPack[]): string[] => packs.map(({ name }) => name)

/** The list of fields a classification goes by on a day; undefined before the first. */
export function leadingPack(on: LegalDate): SensitivityPack | undefined {
  return sensitivityPacks.find(({ leads }) => leads !== null && isInForce(leads, on))
}

/** Under fourteen: to the day before the fourteenth birthday (PIPL art. 28, "不满" excludes it). Born on 29 February: 28 February. */
export function isUnderFourteen(born: LegalDate, on: LegalDate): boolean {
  return on < addYears(born, 14)
}
