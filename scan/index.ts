// The door of this trade: what others may call.
export { EngineError, openEngine } from './engine.ts'
export type { Engine } from './engine.ts'
export type { Identifiers, KeyKind, ListedCell, PersonMac } from './persons.ts'
export { findListed, inspect, mergeShards, scan, scanIntoShards } from './scan.ts'
export { equalRows } from './equal-rows.ts'
export type { Combinations, EqualRows } from './equal-rows.ts'
export { readAgain } from './second-reading.ts'
export { Personal } from './personal.ts'
export type {
  ApprovedColumns,
  ColumnOverride,
  Inspection,
  ScanOptions,
  ScanProgress,
  StatedQuasiIdentifiers,
} from './scan.ts'
export type { LiveOptions } from './collect/index.ts'
export { holdsPassword, isLive, shownSource } from './collect/source-url.ts'
export { ScanInputError, fileErrors } from './words.ts'
