// The door of this trade: what others may call.
export { EngineError, openEngine } from './engine.ts'
export type { Engine } from './engine.ts'
export type { PersonMac } from './persons.ts'
export { inspect, mergeShards, scan, scanIntoShards } from './scan.ts'
export { Personal } from './personal.ts'
export type { ColumnOverride, Inspection, ScanOptions, ScanProgress, StatedQuasiIdentifiers } from './scan.ts'
export { ScanInputError, fileErrors } from './words.ts'
