import { reason } from '../../rule.ts'

/**
 * Article 40: operators of critical infrastructure and handlers of many persons (个人信息保护法).
 *
 * They keep in China the personal information collected and generated there; what must truly go abroad passes the
 * assessment, unless the national office provides otherwise. The number it speaks of is set elsewhere: since the
 * provisions of 2024 no text gives one, so it is cited for operators only.
 */
export const operatorKeepsPersonalInformation = reason(
  { instrument: 'pipl-2021', article: 40 },
  { ciio: true, containsPersonalInformation: true },
  '关键信息基础设施运营者应当将在境内收集和产生的个人信息存储在境内，确需向境外提供的，应当通过安全评估；国家网信部门规定可以不进行的，从其规定',
  'An operator of critical infrastructure keeps personal information in China; what must truly go abroad passes the assessment, unless the national office provides otherwise',
)
