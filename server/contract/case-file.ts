import type { AnsweredDefect, ConsentCount, Source } from '@tongguan/dossier'
import type { DocumentKind, LegalDate } from '@tongguan/law'
import { z } from 'zod'
import { LegalDateSchema } from './permit.ts'

/** `case.yaml`: what a case folder holds and where each answer comes from. Paths are relative to the folder. */
export interface CaseFile {
  readonly schema: 'tongguan/case-folder/1'
  readonly round: number
  /** The day of filing; left out, the day of the command. */
  readonly filedOn?: LegalDate
  readonly answers: string
  readonly facts: string
  readonly evidence: string
  readonly contract?: string
  /** A result in force for the same export. */
  readonly permit?: string
  /** The bundle of the round before. */
  readonly previousRound?: string
  readonly defects: readonly AnsweredDefect[]
  /** Scans of sealed pages that are looked at besides the documents of the answers. */
  readonly scans: readonly { readonly kind: DocumentKind; readonly file: string }[]
  readonly consentRegister?: string
  readonly provenance: Readonly<Record<string, Source>>
  readonly portal: readonly PortalEntry[]
}

/** Something that happened at the authority's own portal, typed in with its scan: that portal has no interface. */
export type PortalEntry = {
  readonly on: LegalDate
  readonly no?: string
  readonly scan?: string
  readonly note?: string
} & (
  | { readonly kind: (typeof undatedEvents)[number] }
  /** `until`: the new date the authority announced. */
  | { readonly kind: 'extended'; readonly until: LegalDate }
)

const undatedEvents = [
  'submitted',
  'returned',
  'accepted',
  'not-accepted',
  'supplement-asked',
  'supplemented',
  'result',
] as const

// A path of the case folder's own: no root, no way up.
const path = z
  .string()
  .min(1)
  .refine((text) => !/^([/\\]|[A-Za-z]:)|(^|[/\\])\.\.([/\\]|$)/.test(text), 'expected a path inside the case folder')
const text = z.string().min(1)

const SourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('scan'), evidence: path }),
  z.strictObject({ kind: z.literal('document'), file: path, page: z.int().min(1).exactOptional() }),
  z.strictObject({ kind: z.literal('person'), name: text, on: LegalDateSchema }),
  z.strictObject({ kind: z.literal('typed') }),
])

const portalEvent = {
  on: LegalDateSchema,
  no: text.exactOptional(),
  scan: path.exactOptional(),
  note: text.exactOptional(),
}

export const CaseFileSchema: z.ZodType<CaseFile, unknown> = z.strictObject({
  schema: z.literal('tongguan/case-folder/1'),
  round: z.int().min(1).default(1),
  filedOn: LegalDateSchema.exactOptional(),
  answers: path.default('answers.yaml'),
  facts: path.default('facts.yaml'),
  evidence: path.default('evidence.json'),
  contract: path.exactOptional(),
  permit: path.exactOptional(),
  previousRound: path.exactOptional(),
  defects: z.array(z.strictObject({ defect: text, fields: z.array(text), how: z.string() })).default([]),
  scans: z
    .array(
      z.strictObject({
        kind: z.enum([
          'credit-code-certificate',
          'legal-representative-id',
          'agent-id',
          'power-of-attorney',
          'declaration-form',
          'legal-document',
          'self-assessment-report',
        ]),
        file: path,
      }),
    )
    .default([]),
  consentRegister: path.exactOptional(),
  provenance: z.record(z.string(), SourceSchema).default({}),
  portal: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.enum(undatedEvents), ...portalEvent }),
        z.strictObject({ kind: z.literal('extended'), until: LegalDateSchema, ...portalEvent }),
      ]),
    )
    .default([]),
})

/** What a bundle carries of the register of consents. */
export const ConsentCountSchema: z.ZodType<ConsentCount, unknown> = z.strictObject({
  inForce: z.int().min(0),
  withdrawn: z.int().min(0),
  versions: z.array(z.string()),
  on: LegalDateSchema,
})

export const caseFileExample = `schema: tongguan/case-folder/1
round: 1
filedOn: 2026-03-02
answers: answers.yaml
facts: facts.yaml
evidence: evidence.json
contract: attachments/contract.docx
provenance:
  handler.creditCode: { kind: document, file: attachments/credit-code.pdf, page: 1 }`
