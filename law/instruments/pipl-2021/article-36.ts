import { legalDate } from '../../calendar.ts'
import type { Rule } from '../../rule.ts'
import { provisionsFrom } from '../provisions-2024/article-14.ts'

/**
 * Articles 36 and 37: state organs, and bodies that manage public affairs by law (个人信息保护法).
 *
 * Personal information a state organ processes is stored in China; what must truly go abroad is assessed, whatever the
 * number. The same holds for a body the law has authorised to manage public affairs, as far as it processes for that
 * task. Whether the exemptions of 2024 reach them is open, so the assessment stands and a person must confirm.
 */
const untilTheProvisions = { from: legalDate('2021-11-01'), to: legalDate('2024-03-21') } as const

export const stateOrgan = {
  id: 'state-organ',
  citation: { instrument: 'pipl-2021', article: 36 },
  path: 'assessment',
  certainty: 'primary',
  inForce: untilTheProvisions,
  exceptionTo: ['contract-by-measures', 'certification-by-notice'],
  neverWith: ['measures-nothing-to-declare'],
  says: {
    zh: '国家机关处理的个人信息应当在境内存储，确需向境外提供的应当进行安全评估',
    en: 'Personal information of a state organ stays in China; what must truly go abroad is assessed',
  },
  applies: ({ handler, flow }) => flow.personalInformation && handler.publicBody === 'state-organ',
  looksAt: ({ handler }) => ({ publicBody: handler.publicBody, containsPersonalInformation: true }),
} as const satisfies Rule

export const authorisedBody = {
  ...stateOrgan,
  id: 'authorised-body',
  citation: { instrument: 'pipl-2021', article: 37 },
  says: {
    zh: '法律、法规授权的具有管理公共事务职能的组织为履行法定职责处理个人信息，适用关于国家机关的规定，应当进行安全评估',
    en: 'A body authorised to manage public affairs, processing for that task, is treated as a state organ: assessment',
  },
  applies: ({ handler, flow }) =>
    flow.personalInformation && handler.publicBody === 'authorised-body' && flow.statutoryTask,
  looksAt: ({ handler }) => ({ publicBody: handler.publicBody, legalBasis: 'statutory' }),
} as const satisfies Rule

const sinceTheProvisions = {
  certainty: 'contested',
  inForce: { from: provisionsFrom },
  exceptionTo: [
    'exempt-overseas-origin',
    'exempt-contract-with-individual',
    'exempt-cross-border-hr',
    'exempt-emergency',
    'exempt-ftz-off-list',
    'exempt-statutory-duty',
    'exempt-treaty',
    'exempt-finance-scenario',
    'exempt-not-stated',
    'few-persons',
    'contract-for-general',
    'contract-for-sensitive',
  ],
  neverWith: ['no-personal-information', 'exempt-no-personal-information', 'exempt-automobile-reported-instead'],
} as const

export const stateOrganByProvisions = {
  ...stateOrgan,
  ...sinceTheProvisions,
  id: 'state-organ-by-provisions',
  says: {
    zh: `${stateOrgan.says.zh}；是否适用豁免情形尚不明确，应由人工确认`,
    en: `${stateOrgan.says.en}. Whether exemptions reach it is open: a person must confirm`,
  },
} as const satisfies Rule

export const authorisedBodyByProvisions = {
  ...authorisedBody,
  ...sinceTheProvisions,
  id: 'authorised-body-by-provisions',
  says: {
    zh: `${authorisedBody.says.zh}；是否适用豁免情形尚不明确，应由人工确认`,
    en: `${authorisedBody.says.en}. Whether exemptions reach it is open: a person must confirm`,
  },
} as const satisfies Rule
