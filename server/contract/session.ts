import { z } from '@hono/zod-openapi'
import { ClockSchema, WordsSchema, list } from './http.ts'

export const roles = ['handlerOfficer', 'deskOfficer', 'assessor'] as const
export type Role = (typeof roles)[number]
export const RoleSchema = z.enum(roles)

export const SignInSchema = z
  .object({ email: z.string().trim().min(1).max(254), password: z.string().min(1).max(256) })
  .openapi('SignIn')

export const OrganisationSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['handler', 'province', 'national']),
    creditCode: z.string().nullable().describe('Of a handler'),
    province: z.string().nullable().describe('Of a provincial office: where its cases are filed'),
  })
  .openapi('Organisation')

/** Who is signed in, for whom, and what they may ask for. */
export const MeSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: RoleSchema,
    roleWords: WordsSchema,
    organisation: OrganisationSchema,
    operations: list(z.string()).describe('Every operation id this role has a right to'),
    expiresAt: z.iso.datetime().describe('When the session ends unless it is used'),
    simulated: z.boolean().describe('A pilot: without legal effect'),
    clock: ClockSchema,
  })
  .openapi('Me')

export const SessionSchema = z
  .object({ signedIn: z.boolean(), me: MeSchema.nullable(), simulated: z.boolean(), clock: ClockSchema })
  .openapi('Session')
