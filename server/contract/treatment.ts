import { treatmentWords } from '@tongguan/law'
import type { RequiredTreatment, Treatment } from '@tongguan/law'
import { z } from 'zod'

const treatments = Object.keys(treatmentWords) as Treatment[]

export const TreatmentSchema: z.ZodType<Treatment, unknown> = z.enum(treatments)

export const RequiredTreatmentSchema: z.ZodType<RequiredTreatment, unknown> = z
  .enum([...treatments, 'any'])
  .describe('What must be done to the item before it leaves; the gate looks for it')
