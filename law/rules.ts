import { exemptionRules } from './exemption-rules.ts'
import { declaresWillingly, declaresWillinglyBeforeTheAnswer } from './instruments/answers-2026-01/answer-1.ts'
import {
  certificationByNotice,
  contractByMeasures,
  numbersSplit,
  numbersSplitBelowTheExemption,
} from './instruments/contract-measures-2023/article-04.ts'
import { coreData } from './instruments/dsl-2021/article-21.ts'
import { foreignAuthority } from './instruments/dsl-2021/article-36.ts'
import {
  nothingLeaves,
  nothingLeavesByFirstGuide,
  nothingLeavesBySecondGuide,
} from './instruments/guide-2025/part-1.ts'
import {
  importantDataByMeasures,
  largeProcessorByMeasures,
  manyPersonsByMeasures,
  manySensitivePersonsByMeasures,
  nothingToDeclareByMeasures,
  operatorByMeasures,
} from './instruments/measures-2022/article-04.ts'
import {
  stateSecrets,
  stateSecretsBeforeTheRegulations,
} from './instruments/network-data-regulations-2025/article-63.ts'
import {
  authorisedBody,
  authorisedBodyByProvisions,
  stateOrgan,
  stateOrganByProvisions,
} from './instruments/pipl-2021/article-36.ts'
import { restrictedRecipient } from './instruments/pipl-2021/article-42.ts'
import { noPersonalInformation } from './instruments/provisions-2024/article-03.ts'
import { fewPersons } from './instruments/provisions-2024/article-05.ts'
import {
  importantData,
  importantDataOfOperator,
  manyPersons,
  manySensitivePersons,
  operator,
} from './instruments/provisions-2024/article-07.ts'
import { contractForGeneral, contractForSensitive } from './instruments/provisions-2024/article-08.ts'
import type { Rule } from './rule.ts'
import { bind } from './rulebook.ts'

/** Every rule that orders a path, the general before its exceptions; which prevails each says itself. */
export const rules: readonly Rule[] = [
  // The general rules: personal information goes by contract or certification, the rest needs none.
  certificationByNotice,
  contractByMeasures,
  nothingToDeclareByMeasures,
  contractForGeneral,
  contractForSensitive,
  fewPersons,
  noPersonalInformation,
  // What must be assessed instead.
  largeProcessorByMeasures,
  manyPersonsByMeasures,
  manySensitivePersonsByMeasures,
  operatorByMeasures,
  manyPersons,
  manySensitivePersons,
  operator,
  declaresWillinglyBeforeTheAnswer,
  declaresWillingly,
  numbersSplit,
  numbersSplitBelowTheExemption,
  // What is exempt all the same.
  ...exemptionRules,
  // What no exemption reaches.
  stateOrgan,
  authorisedBody,
  stateOrganByProvisions,
  authorisedBodyByProvisions,
  importantDataByMeasures,
  importantData,
  importantDataOfOperator,
  // What stops everything.
  restrictedRecipient,
  foreignAuthority,
  coreData,
  stateSecretsBeforeTheRegulations,
  stateSecrets,
  // What is no export at all.
  nothingLeavesByFirstGuide,
  nothingLeavesBySecondGuide,
  nothingLeaves,
]

/** The rules bound for each stretch of days; loading this file fails where two of them conflict undeclared. */
export const books = bind(rules)
