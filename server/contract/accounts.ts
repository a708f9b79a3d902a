import { z } from '@hono/zod-openapi'
import { WordsSchema, list } from './http.ts'
import { CodeSchema, EmailSchema, OrganisationSchema, PersonRoleSchema, SecondFactorSchema } from './session.ts'

const InstantSchema = z.iso.datetime()

// --- one's own account --------------------------------------------------------------------------------------------

export const FactorsSchema = z
  .object({
    totp: z.boolean(),
    passkeys: list(
      z.object({ id: z.string(), name: z.string(), createdAt: InstantSchema, usedAt: InstantSchema.nullable() }),
    ),
    recoveryCodesLeft: z.int(),
    hasPassword: z.boolean(),
  })
  .openapi('Factors')

/** Which proofs of who one is are taken now: the second factors where there are some, the password or the provider otherwise. */
export const StepUpWaysSchema = z
  .object({
    password: z.boolean(),
    secondFactors: list(SecondFactorSchema),
    provider: z.string().nullable().describe('By signing in there again: /v1/session/single-sign-on?again=yes'),
  })
  .openapi('StepUpWays')

export const TotpStartSchema = z
  .object({ secret: z.string(), uri: z.string().describe('otpauth://, for a QR code') })
  .openapi('TotpStart')
export const TotpCodeSchema = z.object({ code: CodeSchema }).openapi('TotpCode')
export const RecoveryCodesSchema = z
  .object({ codes: list(z.string()).describe('Shown once; each is good once') })
  .openapi('RecoveryCodes')
export const NewPasskeySchema = z
  .object({ name: z.string().trim().min(1).max(80), answer: z.record(z.string(), z.unknown()) })
  .openapi('NewPasskey')
export const NewPasswordSchema = z.object({ password: z.string().min(1).max(256) }).openapi('NewPassword')

// --- invitations --------------------------------------------------------------------------------------------------

export const InviteSchema = z
  .object({ name: z.string().trim().min(1).max(120), email: EmailSchema, role: PersonRoleSchema })
  .openapi('Invite')

/** The link is shown once; whoever has it may join, until it is used, withdrawn or a week old. */
export const InvitedSchema = z.object({ link: z.url(), expiresAt: InstantSchema }).openapi('Invited')

export const InvitationTokenSchema = z.object({ token: z.string().min(1).max(200) }).openapi('InvitationToken')
export const InvitationSeenSchema = z
  .object({
    name: z.string(),
    email: z.string(),
    roleWords: WordsSchema,
    organisation: z.string(),
    renews: z.boolean().describe('It renews the access of an account that is there'),
  })
  .openapi('InvitationSeen')
export const JoinSchema = z
  .object({ token: z.string().min(1).max(200), password: z.string().min(1).max(256) })
  .openapi('Join')

export const InvitationListSchema = z
  .object({
    invitations: list(
      z.object({
        id: z.string(),
        name: z.string(),
        email: z.string(),
        roleWords: WordsSchema,
        state: z.enum(['open', 'accepted', 'withdrawn', 'expired']),
        createdAt: InstantSchema,
        expiresAt: InstantSchema,
      }),
    ),
  })
  .openapi('InvitationList')

// --- members ------------------------------------------------------------------------------------------------------

export const MemberSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: PersonRoleSchema,
    roleWords: WordsSchema,
    secondFactor: z.boolean(),
    offBoardedAt: InstantSchema.nullable(),
    lastSignInAt: InstantSchema.nullable(),
  })
  .openapi('Member')

export const MemberListSchema = z
  .object({
    organisation: OrganisationSchema,
    roles: list(z.object({ role: PersonRoleSchema, words: WordsSchema })).describe('What its members can be'),
    members: list(MemberSchema),
    secondFactorRequired: z.boolean().describe('Of every member; otherwise the role decides'),
  })
  .openapi('MemberList')

export const RequireSecondFactorSchema = z.object({ required: z.boolean() }).openapi('RequireSecondFactor')

export const ChangeRoleSchema = z.object({ role: PersonRoleSchema }).openapi('ChangeRole')

// --- service tokens -----------------------------------------------------------------------------------------------

export const CreateServiceTokenSchema = z
  .object({
    name: z.string().trim().min(1).max(120),
    scopes: z.array(z.string()).min(1).max(40).describe('Operation ids, each of those a gate has a right to'),
    days: z.int().min(1).max(366),
  })
  .openapi('CreateServiceToken')
export const ServiceTokenMadeSchema = z
  .object({ id: z.string(), token: z.string().describe('Shown once'), expiresAt: InstantSchema })
  .openapi('ServiceTokenMade')
export const ServiceTokenListSchema = z
  .object({
    possibleScopes: list(z.string()),
    tokens: list(
      z.object({
        id: z.string(),
        name: z.string(),
        scopes: list(z.string()),
        createdAt: InstantSchema,
        expiresAt: InstantSchema,
        revokedAt: InstantSchema.nullable(),
        usedAt: InstantSchema.nullable(),
      }),
    ),
  })
  .openapi('ServiceTokenList')

// --- what happened, and who looked --------------------------------------------------------------------------------

export const SecurityEventListSchema = z
  .object({
    events: list(
      z.object({
        id: z.int(),
        at: InstantSchema,
        kind: z.string(),
        words: WordsSchema,
        person: z.string().nullable(),
        by: z.string().nullable(),
        detail: z.record(z.string(), z.union([z.string(), z.number()])),
      }),
    ),
    next: z.int().nullable().describe('`before` of the next page'),
  })
  .openapi('SecurityEventList')

export const CaseAccessListSchema = z
  .object({
    looks: list(
      z.object({
        at: InstantSchema,
        operation: z.string(),
        words: WordsSchema,
        person: z.string(),
        roleWords: WordsSchema,
        organisation: z.string(),
      }),
    ),
  })
  .openapi('CaseAccessList')
