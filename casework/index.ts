// The door of this trade: what others may call.
export * from './case.ts'
export * from './clauses.ts'
export * from './clocks.ts'
export * from './custody.ts'
export * from './decide.ts'
export * from './defects.ts'
export * from './desk.ts'
export * from './need-to-know.ts'
export * from './letter.ts'
export * from './migrations.ts'
export * from './opinion-store.ts'
export * from './opinions.ts'
export * from './permit.ts'
export * from './procedures.ts'
export * from './queues.ts'
export * from './rebuild.ts'
export * from './reminders.ts'
export * from './store.ts'
export * from './validity.ts'
export {
  actorWords,
  caseKindWords,
  commandWords,
  decisionWords,
  eventWords,
  outcomeWords,
  refusalWords,
  statusWords,
} from './words.ts'
export type { RefusalCode } from './words.ts'
