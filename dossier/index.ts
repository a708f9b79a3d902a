// The door of this trade: what others may call.
export type * from './answers.ts'
