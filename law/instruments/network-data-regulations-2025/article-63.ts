import { legalDate } from '../../calendar.ts'
import type { Rule } from '../../rule.ts'

/**
 * Article 63: what this regime does not govern (网络数据安全管理条例; before 2025-01-01 article 53 of the Data Security Law).
 *
 * State secrets and work secrets go by the law on state secrets, core data by provisions of their own.
 */
export const regulationsFrom = legalDate('2025-01-01')

export const stateSecrets = {
  id: 'state-secrets',
  citation: { instrument: 'network-data-regulations-2025', article: 63 },
  path: 'state-secrets-regime',
  certainty: 'primary',
  inForce: { from: regulationsFrom },
  exceptionTo: 'every lighter path',
  says: {
    zh: '涉及国家秘密、工作秘密，适用保守国家秘密法律、行政法规，不适用数据出境制度',
    en: 'State or work secrets are governed by the law on state secrets, not by this regime',
  },
  applies: ({ flow }) => flow.stateSecrets,
  looksAt: () => ({ stateSecrets: true }),
} as const satisfies Rule

export const stateSecretsBeforeTheRegulations = {
  ...stateSecrets,
  id: 'state-secrets-before-the-regulations',
  citation: { instrument: 'dsl-2021', article: 53 },
  inForce: { from: legalDate('2021-09-01'), to: legalDate('2024-12-31') },
} as const satisfies Rule
