// The door of this trade: what others may call.
export { canonicalJson } from './canonical-json.ts'
export { decideRelease, checkIds, permitDigest, personsAfter } from './release.ts'
export type { HoldReason } from './hold-reason.ts'
export type {
  BatchFile,
  CheckReport,
  ConsentsSeen,
  Held,
  LedgerCount,
  Persons,
  Released,
  ReleaseQuestion,
} from './release.ts'
export { approvalsNeeded, approveIntent, intentDigest, intentOf, judgeApprovals } from './approval.ts'
export type { Intent } from './approval.ts'
export { approveBatch } from './approve-batch.ts'
export { listBatches } from './batches.ts'
export type { ListedBatch } from './batches.ts'
export { privateRootOf } from './receive.ts'
export { recover } from './recover.ts'
export type { Recovered } from './recover.ts'
export { releaseBatch } from './release-batch.ts'
export { lookUpCodes } from './transforms/escrow.ts'
export { entropyLoss, searchLattice } from './transforms/lattice.ts'
export type { FoundLevels, Levels } from './transforms/lattice.ts'
export { alikeIn, proposeFile } from './transforms/propose.ts'
export type { CountedRows, ProposedFile } from './transforms/propose.ts'
export { recipeDigest } from './transforms/recipe.ts'
export type { ColumnRule, FileRecipe, Recipe } from './transforms/recipe.ts'
export { transformKeyId } from './transforms/transform-files.ts'
export type { TransformBy } from './transforms/transform-files.ts'
export type { ColumnDone, WrittenCell } from './transforms/transform-rows.ts'
export { treatBatch } from './transforms/treat-batch.ts'
export type { TreatedBatch } from './transforms/treat-batch.ts'
export { dropRows } from './drop-rows.ts'
export type { ThinnedFile } from './drop-rows.ts'
export { noticeDigest, openConfirmation, openNotice, signConfirmation, signNotice } from './individual-notice.ts'
export type { IndividualConfirmation, IndividualNotice } from './individual-notice.ts'
export { batchesDecidedAfter, releasedStatements } from './batches.ts'
export { openIncident } from './incident.ts'
export type { IncidentCase, IncidentFacts, IncidentReport, NoneConcerned } from './incident.ts'
export type { BatchAfter } from './batches.ts'
export { tryBatch } from './try-batch.ts'
export type { Tried } from './try-batch.ts'
export type { Inspection, ReleaseRequest, ReleaseResult, ReleaseStep, Unfinished } from './request.ts'
export { countingRootId, endKeys, keysToEnd, newSetKey, openSetKey, rootsInUse } from './counting-keys.ts'
export type { EndedKey, KeyEnding, SetKey } from './counting-keys.ts'
export {
  addPersons,
  batchPersons,
  countedOf,
  countedPersons,
  lockSets,
  markPersons,
  setKeys,
  upperCount,
} from './ledger.ts'
export type { BatchPersons, CountedSet, GateDatabase, GateTransaction, PersonMac, PersonSet, SetsOf } from './ledger.ts'
export { listStops, stopBatch } from './stop.ts'
export type { Stop } from './stop.ts'
export { watch } from './watch.ts'
export type { Watched, WatchedState, WatchTask } from './watch.ts'
export type { WatchCode } from './watch-words.ts'
export { watchedScenarios } from './watched.ts'
export { gateMigrations } from './migrations.ts'
export type { GateMigration, GateTables } from './migrations.ts'
export { mustHoldTheLog } from './log.ts'
export type { Leaf, LeafType, LoggedLeaf, LogClock, LogPublished, LogQuorum, LogStopped, ReleaseLog } from './log.ts'
export { factsDigest, judgeBasis } from './basis.ts'
export type { CountedPermit } from './ledger.ts'
export { bindHandler } from './handler.ts'
export {
  addPermitSignature,
  openPermit,
  permitPayloadType,
  readRevocations,
  roleFor,
  signPermit,
  signRevocations,
} from './permit.ts'
export type { PermitFile, Revocations, RevocationsAtHand, SignedPermit } from './permit.ts'
export { verifyRelease } from './verify.ts'
export type { ProvenLeaf } from './logged-leaf.ts'
export type { VerifyProblem } from './finding.ts'
export type { VerifyCheck, VerifyOptions, VerifyReport } from './verify-contents.ts'
export { acceptReceipt } from './accept-receipt.ts'
export type { Accepted } from './accept-receipt.ts'
export { recipientKey } from './container.ts'
export type { AgeKey } from './container.ts'
export { signReceipt } from './receipt.ts'
export type { Receipt } from './receipt.ts'
export { algorithmOf, generateKey, GateInputError, keyIdOf, readTrust, trustedKey, writeTrust } from './keys.ts'
export { loadKey, saveKey } from './key-files.ts'
export type { Algorithm, GateKey, Trust, TrustedKey } from './keys.ts'
export {
  payloadType,
  readEnvelope,
  refusalType,
  releaseType,
  seal,
  shapeOfEnvelope,
  writeEnvelope,
} from './manifest.ts'
export type { Confirmation, Envelope, ReleasePredicate, RefusalPredicate, Statement } from './manifest.ts'
export {
  checkWords,
  pilotWords,
  reasonWords,
  refusalWords,
  unfinishedWords,
  verifyCheckWords,
  verifyWords,
} from './words.ts'
export type { CheckId, HoldCode, RefusalCode, UnfinishedCode, VerifyCheckId, VerifyCode } from './words.ts'
export { enterOpeningBalance, openingSigners, signOpeningBalance } from './opening-balance.ts'
export type { EnteredBalance, OpeningBalance, OpeningBalanceFile, PersonBounds } from './opening-balance.ts'
