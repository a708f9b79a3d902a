import { z } from 'zod'

/** `scan --not-sensitive FILE`: columns a named person holds not to be sensitive, each with the reason. */
export const SensitivityOverridesSchema = z.object({
  columns: z
    .array(
      z.object({
        column: z.string().min(1),
        file: z.string().min(1).exactOptional().describe('Left out: every column of that name'),
        by: z.string().trim().min(2).describe('Who answers for it: a person, by name'),
        on: z.iso.date(),
        reason: z.string().trim().min(10).describe('Why disclosure of it does none of the harms of PIPL art. 28'),
      }),
    )
    .min(1),
})

export const overridesExample = `columns:
  - column: height_cm
    file: checkup.csv
    by: 王某, data protection officer
    on: 2026-11-20
    reason: measured for uniforms, unrelated to any illness`
