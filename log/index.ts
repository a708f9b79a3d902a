// The door of this trade: what others may call.
export { auditLog } from './audit.ts'
export type { LogCode, LogProblem, LogReport } from './audit.ts'
export { pendingFile, publishedCosigners } from './cosign.ts'
export type { PostToWitness, Witnesses } from './cosign.ts'
export { openCheckpoint, signCheckpoint } from './checkpoint.ts'
export type { Checkpoint, OpenedCheckpoint } from './checkpoint.ts'
export {
  append,
  emptyFrontier,
  leafHash,
  proveConsistency,
  proveInclusion,
  readRoot,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts'
export type { Frontier, Hash, ReadSubtree, Subtree, TreeHead } from './merkle.ts'
export {
  cosignNote,
  noteSigner,
  noteVerifier,
  readNote,
  readVerifierKey,
  signatureLine,
  verifyNote,
  writeNote,
  writeVerifierKey,
} from './note.ts'
export type { Cosigned, Note, NoteKeyKind, NoteSignature, NoteSigner, NoteVerifier } from './note.ts'
export { meetsQuorum, readPolicy, witnessesNeeded, writePolicy } from './policy.ts'
export type { Policy, ReadPolicy } from './policy.ts'
export { readProof, verifyProof, writeProof } from './proof.ts'
export type { InclusionProof, ProofCode, VerifiedProof } from './proof.ts'
export { logMigrations } from './migrations.ts'
export { logFolder, publish, readCheckpoint } from './publish.ts'
export type { Published } from './publish.ts'
export {
  addCosignatures,
  appendLeaf,
  leafBytesMax,
  leafCount,
  leafEntry,
  publishLeaves,
  rememberHead,
  rolledBack,
  signedLast,
} from './store.ts'
export type { CosignaturesAdded, LeavesPublished, LogPlace, RolledBack } from './store.ts'
export { entryBytesMax, growTiles, readEntries, subtreesOf, tilePath } from './tiles.ts'
export type { LogFile, ReadFile } from './tiles.ts'
export { logWords, witnessWords } from './words.ts'
export { decideCosignature, writeWitnessRequest } from './witness.ts'
export type { WitnessAnswer, WitnessCode, WitnessContext, WitnessedLog } from './witness.ts'
