import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Kysely } from 'kysely'
import { askChallenge, takeChallenge } from './challenges.ts'
import type { Tables } from './records.ts'
import { note } from './security-log.ts'

/*
 * Passkeys (WebAuthn level 3): the device verifies its user, so a passkey is two factors by itself. It is bound to the
 * site's name and origin, so that no other page can ask for it.
 */

export interface Site {
  /** Where browsers reach the portal: `http://localhost:7420` and its other names. */
  readonly origins: readonly string[]
}

export interface NewPasskey {
  readonly options: Readonly<Record<string, unknown>>
  readonly token: string
}

/** What the browser is asked to make a passkey of. */
export async function startPasskey(
  db: Kysely<Tables>,
  asked: {
    readonly userId: string
    readonly email: string
    readonly name: string
    readonly host: string
    readonly now: Date
  },
): Promise<NewPasskey> {
  const { userId, email, name, host, now } = asked
  const known = await db.selectFrom('auth_passkey').select('id').where('user_id', '=', userId).execute()
  const options = await generateRegistrationOptions({
    rpName: '通关 Tongguan',
    rpID: host,
    userName: email,
    userDisplayName: name,
    userID: new Uint8Array(Buffer.from(userId)),
    attestationType: 'none',
    excludeCredentials: known,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  const token = await askChallenge(db, { kind: 'passkey-new', userId, value: options.challenge, now })
  return { options: { ...options }, token }
}

/** Keeps the passkey a browser made; false where its answer is not to the question, or not of this site. */
export async function keepPasskey(
  db: Kysely<Tables>,
  answered: {
    readonly userId: string
    readonly token: string | undefined
    readonly answer: Readonly<Record<string, unknown>>
    readonly name: string
    readonly site: Site
    readonly now: Date
  },
): Promise<boolean> {
  const { userId, token, answer, name, site, now } = answered
  const challenge = await takeChallenge(db, { kind: 'passkey-new', token, now })
  if (challenge === null || challenge.userId !== userId) return false
  const verified = await believed(() =>
    verifyRegistrationResponse({
      // Its shape is judged by the verification itself.
      response: answer as unknown as RegistrationResponseJSON,
      expectedChallenge: challenge.value,
      expectedOrigin: [...site.origins],
      expectedRPID: hostsOf(site),
      requireUserVerification: true,
    }),
  )
  if (verified === undefined || !verified.verified) return false
  const { credential } = verified.registrationInfo
  await db
    .insertInto('auth_passkey')
    .values({
      id: credential.id,
      user_id: userId,
      name,
      public_key: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: JSON.stringify(credential.transports ?? []),
      created_at: now,
      used_at: null,
    })
    .execute()
  return true
}

/** What the browser is asked to prove with a passkey: of this person, or of whoever has one here. */
export async function askForPasskey(
  db: Kysely<Tables>,
  asked: { readonly userId: string | null; readonly host: string; readonly now: Date },
): Promise<NewPasskey> {
  const { userId, host, now } = asked
  const allowed =
    userId === null ? [] : await db.selectFrom('auth_passkey').select('id').where('user_id', '=', userId).execute()
  const options = await generateAuthenticationOptions({
    rpID: host,
    userVerification: 'required',
    allowCredentials: allowed,
  })
  const token = await askChallenge(db, { kind: 'passkey', userId, value: options.challenge, now })
  return { options: { ...options }, token }
}

/**
 * Whose passkey answered, or null: no such passkey, another person's than asked for, a question that was answered
 * before, another site, or a counter that went back (a copied passkey).
 */
export async function personOfPasskey(
  db: Kysely<Tables>,
  answered: {
    readonly token: string | undefined
    readonly answer: Readonly<Record<string, unknown>>
    readonly userId: string | null
    readonly site: Site
    readonly now: Date
  },
): Promise<string | null> {
  const { token, answer, userId, site, now } = answered
  const challenge = await takeChallenge(db, { kind: 'passkey', token, now })
  const id = answer['id']
  if (challenge === null || challenge.userId !== userId || typeof id !== 'string') return null
  const row = await db.selectFrom('auth_passkey').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined || (userId !== null && row.user_id !== userId)) return null
  const verified = await believed(() =>
    verifyAuthenticationResponse({
      response: answer as unknown as AuthenticationResponseJSON,
      expectedChallenge: challenge.value,
      expectedOrigin: [...site.origins],
      expectedRPID: hostsOf(site),
      requireUserVerification: true,
      credential: {
        id: row.id,
        publicKey: new Uint8Array(Buffer.from(row.public_key, 'base64url')),
        counter: Number(row.counter),
      },
    }),
  )
  if (verified === undefined || !verified.verified) {
    await note(db, { kind: 'sign-in.passkey-refused', at: now, userId: row.user_id })
    return null
  }
  await db
    .updateTable('auth_passkey')
    .set({ counter: verified.authenticationInfo.newCounter, used_at: now })
    .where('id', '=', id)
    .execute()
  return row.user_id
}

function hostsOf({ origins }: Site): string[] {
  return [...new Set(origins.map((origin) => new URL(origin).hostname))]
}

// The library says by an error that an answer is malformed, of another site or of another question: all one here.
async function believed<Result>(verify: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await verify()
  } catch (error) {
    if (error instanceof Error) return undefined
    throw error
  }
}
