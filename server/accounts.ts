import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { askChallenge, tryChallenge } from './challenges.ts'
import type { OrganisationKind, PersonRole, Role } from './contract/session.ts'
import { roles } from './contract/session.ts'
import { hashPassword, passwordFits } from './passwords.ts'
import { personOfPasskey } from './passkeys.ts'
import type { Tables } from './records.ts'
import type { Organisation } from './rights.ts'
import { readableSecret } from './secrets.ts'
import { factorsOf, useCode } from './second-factors.ts'
import type { Vouched } from './single-sign-on.ts'
import type { Factors } from './second-factors.ts'
import { note } from './security-log.ts'
import { serviceTokenOf } from './service-tokens.ts'
import { browserOf, endSessions, openSession, sessionEnd, sessionOf, sessionVerified } from './sessions.ts'
import { cookieJar } from './session-cookies.ts'
import type { CookieJar, CookieName } from './session-cookies.ts'
import { beginTry, takeBackTry } from './sign-in-limits.ts'

/** Somebody signed in: the person (or a gate's program), the role, and for whom. */
export interface Viewer {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly organisation: Organisation
  /** Whether the organisation asks a second factor of every member, whatever the role. */
  readonly organisationAsksFactor: boolean
  readonly expiresAt: Date
  /** The session, and when the person last proved who they are; null for a program. */
  readonly session: { readonly id: string; readonly verifiedAt: Date; readonly secondFactor: boolean } | null
  /** What a program's token is for; null for a person, whose role says it all. */
  readonly scopes: readonly string[] | null
}

export interface NewAccount {
  readonly name: string
  readonly email: string
  /** Left out for whoever signs in by single sign-on only. */
  readonly password?: string
  readonly role: PersonRole
  readonly organisation: Organisation
}

export interface AccountsOptions {
  /** Encrypts what the database keeps of the second factors; a file beside the keys. */
  readonly secret: string
  /** Where the portal is reached, `http://127.0.0.1:7420`, and its other names. */
  readonly origins: readonly string[]
  /** The instant it is. */
  readonly now?: () => Date
}

/** What came of a try to sign in. `failed` says the same of a wrong address and a wrong password. */
export type SignedIn =
  | { readonly kind: 'signed-in'; readonly cookies: readonly string[]; readonly viewer: Viewer }
  | { readonly kind: 'pending'; readonly cookies: readonly string[]; readonly factors: Factors }
  | { readonly kind: 'failed' }
  | { readonly kind: 'wait'; readonly seconds: number }

/** What somebody shows to prove again who they are. */
export type Proof =
  | { readonly password: string }
  | { readonly code: string }
  | { readonly passkey: Readonly<Record<string, unknown>> }

export type Accounts = ReturnType<typeof accountsOf>

/** Accounts, sessions, factors and organisations. Every way in is a route of the API and stands in the rights table. */
export function accountsOf(db: Kysely<Tables>, { secret, origins, now = () => new Date() }: AccountsOptions) {
  const jar: CookieJar = cookieJar(origins[0] ?? '')
  const site = { origins }

  /**
   * Who the cookies (or the Bearer token) belong to, or null. Asking is use: it prolongs the session, unless `prolong`
   * is false.
   */
  async function viewerOf(
    headers: Headers,
    { prolong }: { readonly prolong: boolean } = { prolong: true },
  ): Promise<Viewer | null> {
    const bearer = bearerOf(headers)
    if (bearer !== undefined) return programOf(db, bearer, now())
    const token = jar.read(headers, 'session_token')
    if (token === undefined) return null
    const session = await sessionOf(db, token, { browser: browserOf(headers), now: now(), prolong })
    if (session === null) return null
    // Role and organisation are read anew each time: a change takes effect with the next request.
    const person = await personOf(db, session.userId)
    if (person === undefined) return null
    const { times, secondFactor } = session
    return {
      ...person,
      expiresAt: sessionEnd(times),
      session: { id: session.id, verifiedAt: times.verified, secondFactor },
      scopes: null,
    }
  }

  async function signIn(attempt: {
    readonly email: string
    readonly password: string
    readonly address: string
    readonly headers: Headers
  }): Promise<SignedIn> {
    const { password, address, headers } = attempt
    const email = attempt.email.toLowerCase()
    const row = await db
      .selectFrom('auth_user')
      .select(['id', 'password', 'off_boarded_at'])
      .where('email', '=', email)
      .executeTakeFirst()
    const begun = await beginTry(db, { email, address, now: now() })
    if (begun.kind === 'wait') {
      await note(db, { kind: 'sign-in.too-many', at: now(), userId: row?.id ?? null })
      return begun
    }
    const stored = row === undefined || row.off_boarded_at !== null ? null : row.password
    const fits = await passwordFits(password, stored)
    if (row === undefined || !fits) {
      await note(db, { kind: 'sign-in.failed', at: now(), userId: row?.id ?? null })
      return { kind: 'failed' }
    }
    const factors = await factorsOf(db, row.id)
    if (factors.totp || factors.passkeys.length > 0) {
      // The tries stay counted until the second factor is there as well.
      const token = await askChallenge(db, { kind: 'second-factor', userId: row.id, value: email, now: now() })
      return { kind: 'pending', cookies: [jar.set('sign_in', token)], factors }
    }
    await takeBackTry(db, begun.try)
    return open(row.id, headers, { secondFactor: false })
  }

  /** The second step of signing in: a code of the authenticator or a recovery code. */
  async function signInWithCode(attempt: {
    readonly code: string
    readonly address: string
    readonly headers: Headers
  }): Promise<SignedIn> {
    const { code, address, headers } = attempt
    const token = jar.read(headers, 'sign_in')
    const challenge = await tryChallenge(db, { kind: 'second-factor', token, now: now() })
    if (challenge === null || challenge.userId === null) return { kind: 'failed' }
    const { userId, value: email } = challenge
    const begun = await beginTry(db, { email, address, now: now() })
    if (begun.kind === 'wait') return begun
    const outcome = await useCode(db, { userId, code, secret, now: now() })
    if (outcome !== 'fits') {
      const kind = outcome === 'replayed' ? 'sign-in.code-replayed' : 'sign-in.code-wrong'
      await note(db, { kind, at: now(), userId })
      return { kind: 'failed' }
    }
    await takeBackTry(db, begun.try)
    await db.deleteFrom('auth_challenge').where('user_id', '=', userId).where('kind', '=', 'second-factor').execute()
    return open(userId, headers, { secondFactor: true })
  }

  async function signInWithPasskey(headers: Headers, answer: Readonly<Record<string, unknown>>): Promise<SignedIn> {
    const token = jar.read(headers, 'passkey')
    const userId = await personOfPasskey(db, { token, answer, userId: null, site, now: now() })
    return userId === null ? { kind: 'failed' } : open(userId, headers, { secondFactor: true })
  }

  /** Somebody a provider vouches for: an account of ours that has a second factor has to show it all the same. */
  async function signInFederated({ userId, provenAt }: Vouched, headers: Headers): Promise<SignedIn> {
    const factors = await factorsOf(db, userId)
    if (!factors.totp && factors.passkeys.length === 0) {
      // A session at the provider from this morning is no proof of now: a step-up asks for one.
      return open(userId, headers, { secondFactor: false, provenAt })
    }
    const { email } = await db
      .selectFrom('auth_user')
      .select('email')
      .where('id', '=', userId)
      .executeTakeFirstOrThrow()
    const token = await askChallenge(db, { kind: 'second-factor', userId, value: email, now: now() })
    return { kind: 'pending', cookies: [jar.set('sign_in', token)], factors }
  }

  /** A new session with a new token, whatever the browser held before. */
  async function open(
    userId: string,
    headers: Headers,
    { secondFactor, provenAt }: { readonly secondFactor: boolean; readonly provenAt?: Date },
  ): Promise<SignedIn> {
    const person = await personOf(db, userId)
    // An account without an organisation, or one that was off-boarded, opens nothing.
    if (person === undefined) return { kind: 'failed' }
    await signOut(headers)
    const at = now()
    const token = await openSession(db, {
      userId,
      browser: browserOf(headers),
      secondFactor,
      now: at,
      provenAt: provenAt ?? at,
    })
    const session = await sessionOf(db, token, { browser: browserOf(headers), now: at, prolong: false })
    if (session === null) return { kind: 'failed' }
    return {
      kind: 'signed-in',
      cookies: [jar.set('session_token', token), ...forgotten(headers, ['sign_in', 'passkey'])],
      viewer: {
        ...person,
        expiresAt: sessionEnd(session.times),
        session: { id: session.id, verifiedAt: session.times.verified, secondFactor: session.secondFactor },
        scopes: null,
      },
    }
  }

  /** The cookies that forget these, of those the browser holds. */
  function forgotten(headers: Headers, names: readonly CookieName[]): readonly string[] {
    return names.filter((name) => jar.read(headers, name) !== undefined).map((name) => jar.forget(name))
  }

  /** Ends the session at once; the cookies that forget it. */
  async function signOut(headers: Headers): Promise<readonly string[]> {
    const token = jar.read(headers, 'session_token')
    if (token !== undefined) {
      const session = await sessionOf(db, token, { browser: browserOf(headers), now: now(), prolong: false })
      if (session !== null) await endSessions(db, { session: session.id }, 'signed-out', now())
    }
    return forgotten(headers, ['session_token', 'sign_in', 'passkey'])
  }

  /**
   * Proves again who somebody is. Where the account has a second factor nothing less is taken: a password that was seen
   * over a shoulder signs nothing.
   */
  async function stepUp(
    viewer: Viewer,
    proof: Proof,
    from: { readonly headers: Headers; readonly address: string },
  ): Promise<'proven' | 'failed' | { readonly seconds: number }> {
    if (viewer.session === null) return 'failed'
    const begun = await beginTry(db, { email: viewer.email, address: from.address, now: now() })
    if (begun.kind === 'wait') return { seconds: begun.seconds }
    if (!(await proofFits(viewer, proof, from.headers))) {
      await note(db, { kind: 'session.step-up-failed', at: now(), userId: viewer.id })
      return 'failed'
    }
    await takeBackTry(db, begun.try)
    await sessionVerified(db, viewer.session.id, now())
    return 'proven'
  }

  async function proofFits(viewer: Viewer, proof: Proof, headers: Headers): Promise<boolean> {
    const userId = viewer.id
    if ('code' in proof) return (await useCode(db, { userId, code: proof.code, secret, now: now() })) === 'fits'
    if ('passkey' in proof) {
      const token = jar.read(headers, 'passkey')
      return (await personOfPasskey(db, { token, answer: proof.passkey, userId, site, now: now() })) === userId
    }
    const factors = await factorsOf(db, userId)
    if (factors.totp || factors.passkeys.length > 0) return false
    const row = await db.selectFrom('auth_user').select('password').where('id', '=', userId).executeTakeFirst()
    return passwordFits(proof.password, row?.password ?? null)
  }

  return {
    viewerOf,
    signIn,
    signInWithCode,
    signInWithPasskey,
    signInFederated,
    signOut,
    stepUp,
    createOrganisation: (organisation: Omit<Organisation, 'id'>) => createOrganisation(db, organisation, now()),
    createAccount: (account: NewAccount) => createAccount(db, account, now()),
    jar,
    site,
    secret,
    now,
  }
}

/** A password nobody has to remember for long. */
export function generatedPassword(): string {
  return readableSecret(4)
}

/** An organisation; one of the same kind with the same code (or province, or name) is given back as it is. */
export async function createOrganisation(
  db: Kysely<Tables>,
  organisation: Omit<Organisation, 'id'>,
  at: Date,
): Promise<Organisation> {
  const { kind, name, creditCode, province } = organisation
  const same = await db
    .selectFrom('auth_organization')
    .select(['id', 'name', 'kind', 'credit_code', 'province'])
    .where('kind', '=', kind)
    .where((eb) => (creditCode === null ? eb('name', '=', name) : eb('credit_code', '=', creditCode)))
    .executeTakeFirst()
  if (same !== undefined) return organisationOf(same)
  const id = randomUUID()
  await db
    .insertInto('auth_organization')
    .values({ id, name, kind, slug: `${kind}-${id}`, credit_code: creditCode, province, created_at: at })
    .execute()
  return { ...organisation, id }
}

/** An account of an organisation; its id. Fails where the address has one, or the role is not one of that kind of organisation. */
export async function createAccount(db: Kysely<Tables>, account: NewAccount, at: Date): Promise<string> {
  const { name, email, password, role, organisation } = account
  const id = randomUUID()
  await db
    .insertInto('auth_user')
    .values({
      id,
      name,
      email: email.toLowerCase(),
      password: password === undefined ? null : await hashPassword(password),
      off_boarded_at: null,
      created_at: at,
    })
    .execute()
  await db
    .insertInto('auth_member')
    .values({
      id,
      organization_id: organisation.id,
      organization_kind: organisation.kind,
      user_id: id,
      role,
      created_at: at,
    })
    .execute()
  return id
}

type Person = Pick<Viewer, 'id' | 'name' | 'email' | 'role' | 'organisation' | 'organisationAsksFactor'>

/** Who an account is today; undefined for one without an organisation, and for one that was off-boarded. */
async function personOf(db: Kysely<Tables>, userId: string): Promise<Person | undefined> {
  const row = await db
    .selectFrom('auth_user')
    .innerJoin('auth_member', 'auth_member.user_id', 'auth_user.id')
    .innerJoin('auth_organization', 'auth_organization.id', 'auth_member.organization_id')
    .select(['auth_user.id as user', 'auth_user.name as person', 'email', 'role'])
    .select(['auth_organization.id as id', 'auth_organization.name as name', 'kind', 'credit_code', 'province'])
    .select('second_factor_required')
    .where('auth_user.id', '=', userId)
    .where('off_boarded_at', 'is', null)
    .executeTakeFirst()
  const role = roles.find((known) => known === row?.role)
  if (row === undefined || role === undefined) return undefined
  const { user: id, person: name, email, second_factor_required: organisationAsksFactor } = row
  return { id, name, email, role, organisation: organisationOf(row), organisationAsksFactor }
}

async function programOf(db: Kysely<Tables>, bearer: string, at: Date): Promise<Viewer | null> {
  const token = await serviceTokenOf(db, bearer, at)
  if (token === null) return null
  const { id, name, organisationId, scopes, expiresAt } = token
  const row = await db
    .selectFrom('auth_organization')
    .select(['id', 'name', 'kind', 'credit_code', 'province'])
    .where('id', '=', organisationId)
    .executeTakeFirstOrThrow()
  const gate = { id, name, email: '', role: 'gate', organisation: organisationOf(row) } as const
  return { ...gate, organisationAsksFactor: false, expiresAt, session: null, scopes }
}

function organisationOf(row: {
  readonly id: string
  readonly name: string
  readonly kind: OrganisationKind
  readonly credit_code: string | null
  readonly province: string | null
}): Organisation {
  const { id, name, kind, credit_code: creditCode, province } = row
  return { id, name, kind, creditCode, province }
}

/** The token of an Authorization header; undefined where a browser's cookies count. */
export function bearerOf(headers: Headers): string | undefined {
  const found = /^Bearer +([\w-]+)$/i.exec(headers.get('authorization') ?? '')
  return found?.[1]
}

/** What an account can be signed in to with, besides its second factors. */
export async function waysIn(
  db: Kysely<Tables>,
  userId: string,
): Promise<{ readonly password: boolean; readonly federated: boolean }> {
  const { password } = await db
    .selectFrom('auth_user')
    .select('password')
    .where('id', '=', userId)
    .executeTakeFirstOrThrow()
  const linked = await db
    .selectFrom('auth_federated')
    .select('subject')
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return { password: password !== null, federated: linked !== undefined }
}
