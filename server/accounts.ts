import { randomInt } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { organization } from 'better-auth/plugins/organization'
import type { Kysely } from 'kysely'
import type { Role } from './contract/session.ts'
import { roles } from './contract/session.ts'
import type { Tables } from './records.ts'
import type { Organisation } from './rights.ts'

/** Somebody signed in: the person, the role, and for whom. */
export interface Viewer {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly organisation: Organisation
  readonly expiresAt: Date
}

export interface Accounts {
  /**
   * Who the cookies belong to, or null. Asking is use: it prolongs the session, and `setCookie` goes with the answer;
   * unless `prolong` is false.
   */
  viewerOf(
    headers: Headers,
    use?: { readonly prolong: boolean },
  ): Promise<{ readonly viewer: Viewer | null; readonly setCookie: readonly string[] }>
  /** A new session's cookies, or null when there is no such account with this password. */
  signIn(email: string, password: string): Promise<readonly string[] | null>
  /** Ends the session at once; the cookies that forget it. */
  signOut(headers: Headers): Promise<readonly string[]>
  /** An organisation, given back as it is when one of its kind and name is there. */
  createOrganisation(organisation: Omit<Organisation, 'id'>): Promise<Organisation>
  createAccount(account: NewAccount): Promise<void>
}

export interface NewAccount {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly role: Role
  readonly organisation: Organisation
}

/** A session ends after this long without use. */
export const sessionHours = 8

/**
 * Accounts, sessions and organisations, kept by better-auth in the same database. None of better-auth's own routes is
 * served: the API's routes call it, so that every way in stands in the rights table.
 */
export function accountsOf(
  db: Kysely<Tables>,
  options: {
    /** Signs the session cookie. */
    readonly secret: string
    /** Where the portal is reached, `http://127.0.0.1:7420`. */
    readonly origin: string
  },
): Accounts {
  const auth = authOf(db, options)

  async function viewerOf(headers: Headers, { prolong }: { readonly prolong: boolean } = { prolong: true }) {
    const { response, headers: answered } = await auth.api.getSession({
      headers,
      query: { disableRefresh: !prolong },
      returnHeaders: true,
    })
    const setCookie = answered.getSetCookie()
    if (response === null) return { viewer: null, setCookie }
    const member = await memberOf(db, response.user.id)
    // An account without an organisation has no rights: it counts as signed out.
    if (member === undefined) return { viewer: null, setCookie }
    const { id, name, email } = response.user
    return { viewer: { id, name, email, ...member, expiresAt: response.session.expiresAt }, setCookie }
  }

  async function signIn(email: string, password: string) {
    const response = await auth.api.signInEmail({ body: { email: email.toLowerCase(), password }, asResponse: true })
    if (response.ok) return response.headers.getSetCookie()
    if (response.status < 500) return null
    throw new Error(`sign-in answered ${response.status}: ${await response.text()}`)
  }

  async function signOut(headers: Headers) {
    const response = await auth.api.signOut({ headers, asResponse: true })
    return response.headers.getSetCookie()
  }

  async function createOrganisation(organisation: Omit<Organisation, 'id'>): Promise<Organisation> {
    const { adapter } = await auth.$context
    const made = await adapter.create<Record<string, unknown>, { id: string }>({
      model: 'organization',
      data: { ...organisation, slug: `${organisation.kind}-${crypto.randomUUID()}`, createdAt: new Date() },
    })
    return { ...organisation, id: made.id }
  }

  async function createAccount({ name, email, password, role, organisation }: NewAccount): Promise<void> {
    const { adapter, internalAdapter, password: passwords } = await auth.$context
    const user = await internalAdapter.createUser(
      { name, email: email.toLowerCase(), emailVerified: true },
      { method: 'admin' },
    )
    await internalAdapter.linkAccount({
      userId: user.id,
      accountId: user.id,
      providerId: 'credential',
      password: await passwords.hash(password),
    })
    await adapter.create({
      model: 'member',
      data: { organizationId: organisation.id, userId: user.id, role, createdAt: new Date() },
    })
  }

  return { viewerOf, signIn, signOut, createOrganisation, createAccount }
}

/** A password nobody has to remember for long: 16 letters and digits that are not mistaken for each other, in fours. */
export function generatedPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const four = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
  return [four(), four(), four(), four()].join('-')
}

async function memberOf(
  db: Kysely<Tables>,
  userId: string,
): Promise<{ readonly role: Role; readonly organisation: Organisation } | undefined> {
  const row = await db
    .selectFrom('auth_member')
    .innerJoin('auth_organization', 'auth_organization.id', 'auth_member.organization_id')
    .select(['role', 'auth_organization.id', 'name', 'kind', 'credit_code', 'province'])
    .where('user_id', '=', userId)
    .executeTakeFirst()
  const role = roles.find((known) => known === row?.role)
  if (row === undefined || role === undefined) return undefined
  const { id, name, kind, credit_code: creditCode, province } = row
  return { role, organisation: { id, name, kind, creditCode, province } }
}

function authOf(db: Kysely<Tables>, { secret, origin }: { readonly secret: string; readonly origin: string }) {
  const { protocol, port } = new URL(origin)
  const times = { createdAt: 'created_at', updatedAt: 'updated_at' }
  return betterAuth({
    // better-auth knows its tables by its own names; those of ours are in migrations.ts.
    database: { db: db as never, type: 'postgres' },
    secret,
    baseURL: origin,
    telemetry: { enabled: false },
    logger: { disabled: true },
    // Its own limiter sits in front of its own routes, which are not served; ours is in routes/session.ts.
    rateLimit: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12 },
    user: { modelName: 'auth_user', fields: { emailVerified: 'email_verified', ...times } },
    session: {
      modelName: 'auth_session',
      fields: {
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        userId: 'user_id',
        ...times,
      },
      expiresIn: sessionHours * 3600,
      updateAge: 300,
    },
    account: {
      modelName: 'auth_account',
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...times,
      },
    },
    verification: { modelName: 'auth_verification', fields: { expiresAt: 'expires_at', ...times } },
    advanced: {
      // Browsers share cookies between the ports of one machine; two portals side by side must not sign each other out.
      cookiePrefix: port === '' ? 'tongguan' : `tongguan-${port}`,
      useSecureCookies: protocol === 'https:',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/' },
      ipAddress: { disableIpTracking: true },
    },
    plugins: [
      organization({
        allowUserToCreateOrganization: false,
        schema: {
          session: { fields: { activeOrganizationId: 'active_organization_id' } },
          organization: {
            modelName: 'auth_organization',
            fields: { createdAt: 'created_at' },
            additionalFields: {
              kind: { type: 'string', required: true, input: false },
              creditCode: { type: 'string', required: false, input: false, fieldName: 'credit_code' },
              province: { type: 'string', required: false, input: false },
            },
          },
          member: {
            modelName: 'auth_member',
            fields: { organizationId: 'organization_id', userId: 'user_id', createdAt: 'created_at' },
          },
          invitation: {
            modelName: 'auth_invitation',
            fields: {
              organizationId: 'organization_id',
              expiresAt: 'expires_at',
              createdAt: 'created_at',
              inviterId: 'inviter_id',
            },
          },
        },
      }),
    ],
  })
}
