import type { ExtensionFacts } from '@tongguan/law'
import { z } from 'zod'
import { LegalDateSchema } from './permit.ts'

const answer = (what: string) => z.boolean().exactOptional().describe(what)
const persons = z.int().min(0).exactOptional().describe('Distinct natural persons')
const bytes = z.int().min(0).exactOptional().describe('Bytes')

/** `tongguan/extension-facts/1`: what an application to extend a result states (Guide, third edition, annex 5). */
export const ExtensionFactsSchema: z.ZodType<ExtensionFacts, unknown> = z.strictObject({
  schema: z.literal('tongguan/extension-facts/1'),
  lastDay: LegalDateSchema,
  purposeAndScopeUnchanged: answer('Purpose, manner and scope are as assessed'),
  partiesUnchanged: answer('Handler and recipients are as assessed'),
  containsPersonalInformation: answer('Whether personal information leaves'),
  personsApproved: persons,
  personsPlanned: persons,
  containsImportantData: answer('Whether important data leave'),
  importantDataBytesApproved: bytes,
  importantDataBytesPlanned: bytes,
  legalDocumentMeetsArticle9: answer('The legal document holds the six matters of Order 11 art. 9'),
  keptToTheNotice: answer('The past three years kept strictly to the notice of the result'),
  majorIncident: answer('A major data security incident happened in the past three years'),
})

export const extensionExample = `schema: tongguan/extension-facts/1
lastDay: 2026-12-31
purposeAndScopeUnchanged: true
partiesUnchanged: true
containsPersonalInformation: true
personsApproved: 10000
personsPlanned: 12000
containsImportantData: false
legalDocumentMeetsArticle9: true
keptToTheNotice: true
majorIncident: false`
