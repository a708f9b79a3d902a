import { legalDate } from '../../calendar.ts'
import type { Exemption } from '../../exemption.ts'

/**
 * The guide as a whole: data of finance (促进和规范金融业数据跨境流动合规指南, six departments), known from others only.
 *
 * It treats 47 scenarios as exempt and sets out the data items of 61 common ones that are not. The lists were not
 * obtained, so that a scenario is among the 47 is the handler's word, with list, version, entry and who compared them;
 * a loaded list that names the scenario among the others speaks against it.
 */
export const financeScenario = {
  from: legalDate('2025-04-17'),
  citation: { instrument: 'finance-guide-2025', article: 0 },
  certainty: 'asserted-by-handler',
  trade: 'finance',
  conditions: [
    { condition: 'onScenarioList', must: true },
    { condition: 'necessary', must: true },
  ],
  bars: [],
  zh: '属于金融业数据跨境流动合规指南所列的豁免场景',
  en: 'a scenario the finance guide of 2025 treats as exempt',
} as const satisfies Exemption
