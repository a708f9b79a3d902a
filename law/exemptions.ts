import type { Exemption } from './exemption.ts'
import type { ExemptionClaim } from './facts.ts'
import { automobileReportedInstead } from './instruments/automobile-guide-2026/guide.ts'
import { financeScenario } from './instruments/finance-guide-2025/guide.ts'
import { article35 } from './instruments/network-data-regulations-2025/article-35.ts'
import { article36 } from './instruments/network-data-regulations-2025/article-36.ts'
import { article3 } from './instruments/provisions-2024/article-03.ts'
import { article4 } from './instruments/provisions-2024/article-04.ts'
import { article5Contract, article5Emergency, article5Staff } from './instruments/provisions-2024/article-05.ts'
import { article6 } from './instruments/provisions-2024/article-06.ts'

/** Every exemption by the nature of the export, by the word it is claimed with. */
export const exemptions = {
  'no-personal-information': article3,
  'overseas-origin': article4,
  'contract-with-individual': article5Contract,
  'cross-border-hr': article5Staff,
  emergency: article5Emergency,
  'ftz-off-list': article6,
  'statutory-duty': article35,
  treaty: article36,
  'finance-scenario': financeScenario,
  'automobile-reported-instead': automobileReportedInstead,
} as const satisfies Record<Exclude<ExemptionClaim, 'none'>, Exemption>
