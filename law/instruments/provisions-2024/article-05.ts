import { provisionsFrom } from './article-14.ts'
import type { Exemption } from '../../exemption.ts'
import type { Rule } from '../../rule.ts'
import { contractFloor } from './article-08.ts'

/**
 * Article 5: personal information that goes without assessment, contract or certification
 * (促进和规范数据跨境流动规定, CAC Order 16).
 *
 * (1) Truly necessary to conclude or perform a contract the individual is a party to. (2) Truly necessary for managing
 * staff across borders under lawful labour rules *and* a lawful collective contract. (3) Truly necessary in an emergency
 * to protect a natural person's life, health and property. (4) Not a critical information infrastructure operator, and
 * fewer than 100,000 persons since 1 January of this year, sensitive ones not counted and not covered. None of the four
 * covers important data.
 */
export const article5Contract = {
  from: provisionsFrom,
  citation: { instrument: 'provisions-2024', article: 5, paragraph: 1, item: 1 },
  certainty: 'primary',
  conditions: [
    { condition: 'individualIsParty', must: true },
    { condition: 'necessary', must: true },
  ],
  // Somebody in China who books a hotel in China is not covered (CAC answers of 2025-10-31, no. 2).
  bars: ['domesticServiceOnly'],
  zh: '为订立、履行个人作为一方当事人的合同，确需向境外提供',
  en: 'truly necessary to conclude or perform a contract the individual is a party to',
} as const satisfies Exemption

export const article5Staff = {
  from: provisionsFrom,
  citation: { instrument: 'provisions-2024', article: 5, paragraph: 1, item: 2 },
  certainty: 'primary',
  conditions: [
    { condition: 'lawfulLabourRules', must: true },
    { condition: 'collectiveContract', must: true },
    { condition: 'employeesOnly', must: true },
    { condition: 'necessary', must: true },
  ],
  // Candidates are not yet staff; where head office takes no part in choosing them, their papers need not go there.
  bars: ['candidatesOnly'],
  zh: '依法制定的劳动规章制度和依法签订的集体合同实施跨境人力资源管理，确需提供员工个人信息',
  en: 'truly necessary to manage staff across borders under lawful labour rules and a collective contract',
} as const satisfies Exemption

export const article5Emergency = {
  from: provisionsFrom,
  citation: { instrument: 'provisions-2024', article: 5, paragraph: 1, item: 3 },
  certainty: 'primary',
  conditions: [
    { condition: 'emergencyExists', must: true },
    { condition: 'protectsLifeHealthProperty', must: true },
    { condition: 'necessary', must: true },
  ],
  bars: [],
  zh: '紧急情况下为保护自然人的生命健康和财产安全，确需提供',
  en: "truly necessary in an emergency to protect a natural person's life, health and property",
} as const satisfies Exemption

/** Item 4, for a flow of which nothing is sensitive. */
export const fewPersons = {
  id: 'few-persons',
  citation: { instrument: 'provisions-2024', article: 5, paragraph: 1, item: 4 },
  path: 'exempt',
  certainty: 'primary',
  inForce: { from: provisionsFrom },
  exceptionTo: [],
  neverWith: ['contract-for-general', 'contract-for-sensitive', 'many-persons'],
  says: {
    zh: '非关键信息基础设施运营者，自当年1月1日起累计提供不满10万人个人信息（不含敏感个人信息）',
    en: 'Not a critical information infrastructure operator, and fewer than 100,000 persons since 1 January (none sensitive)',
  },
  // A flow that is exempt by its nature is not among the persons counted, so their number says nothing about it.
  applies: ({ handler, flow, total }) =>
    flow.personalInformation &&
    !handler.ciio &&
    total.general < contractFloor.generalPersons &&
    flow.sensitive === 0 &&
    flow.exemption?.kind !== 'holds',
  looksAt: ({ flow, total }) => ({ ciio: false, general: total.shown.general, sensitive: flow.sensitive }),
} as const satisfies Rule
