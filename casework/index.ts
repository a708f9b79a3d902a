// The door of this trade: what others may call.
export * from './case.ts'
export * from './clocks.ts'
export * from './decide.ts'
export * from './migrations.ts'
export * from './permit.ts'
export * from './store.ts'
export { actorWords, commandWords, decisionWords, eventWords, refusalWords, statusWords } from './words.ts'
export type { RefusalCode } from './words.ts'
