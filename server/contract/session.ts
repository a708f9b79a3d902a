import { z } from '@hono/zod-openapi'
import { ClockSchema, WordsSchema, list } from './http.ts'

/** Who may act. A person has one of these for one organisation; `gate` is a program's, by a service token. */
export const roles = [
  'handlerOfficer',
  'deskOfficer',
  'assessor',
  'recipientOfficer',
  'supervisor',
  'administrator',
  'gate',
] as const
export type Role = (typeof roles)[number]
/** What a person can be. */
export const personRoles = roles.filter((role): role is PersonRole => role !== 'gate')
export type PersonRole = Exclude<Role, 'gate'>
export const RoleSchema = z.enum(roles)
export const PersonRoleSchema = z.enum([
  'handlerOfficer',
  'deskOfficer',
  'assessor',
  'recipientOfficer',
  'supervisor',
  'administrator',
])

export const organisationKinds = ['handler', 'province', 'national', 'recipient'] as const
export type OrganisationKind = (typeof organisationKinds)[number]

/** The ways to prove who one is beside the password. */
export const secondFactors = ['totp', 'passkey', 'recoveryCode'] as const
export const SecondFactorSchema = z.enum(secondFactors)

export const EmailSchema = z.string().trim().toLowerCase().min(3).max(254)
/** What somebody types to prove who they are; nothing about it is told before it is compared. */
const SecretSchema = z.string().min(1).max(256)
export const CodeSchema = z
  .string()
  .trim()
  .min(6)
  .max(40)
  .describe('Six digits of the authenticator, or a recovery code')

export const SignInSchema = z
  .object({ email: z.string().trim().min(1).max(254), password: SecretSchema })
  .openapi('SignIn')

export const SignInCodeSchema = z.object({ code: CodeSchema }).openapi('SignInCode')

/** The password was right; the second factor is still missing. */
export const SignInPendingSchema = z.object({ secondFactors: list(SecondFactorSchema) }).openapi('SignInPending')

/** What WebAuthn answers; its shape is checked where it is verified. */
export const PasskeyAnswerSchema = z.object({ answer: z.record(z.string(), z.unknown()) }).openapi('PasskeyAnswer')
/** What the browser's `navigator.credentials` is given. */
export const PasskeyOptionsSchema = z.object({ options: z.record(z.string(), z.unknown()) }).openapi('PasskeyOptions')

/** Proof that the person is still there: with the second factor where the account has one, with the password otherwise. */
export const StepUpSchema = z
  .union([
    z.object({ password: SecretSchema }),
    z.object({ code: CodeSchema }),
    z.object({ passkey: z.record(z.string(), z.unknown()) }),
  ])
  .openapi('StepUp')

export const OrganisationSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(organisationKinds),
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
    operations: list(z.string()).describe('Every operation id one may ask for now'),
    secondFactorMissing: z.boolean().describe('The role asks for a second factor; nothing else is served before'),
    expiresAt: z.iso.datetime().describe('When the session ends unless it is used'),
    simulated: z.boolean().describe('A pilot: without legal effect'),
    clock: ClockSchema,
  })
  .openapi('Me')

export const SessionSchema = z
  .object({
    signedIn: z.boolean(),
    me: MeSchema.nullable(),
    singleSignOn: z.object({ name: z.string() }).nullable().describe('The provider one may sign in with'),
    simulated: z.boolean(),
    clock: ClockSchema,
  })
  .openapi('Session')
