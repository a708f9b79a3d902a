// The door of this trade: what others may call.
export * from './case.ts'
export * from './clocks.ts'
export * from './migrations.ts'
