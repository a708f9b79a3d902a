import type { Kysely } from 'kysely'
import { existsSync, readFileSync } from 'node:fs'
import * as oidc from 'openid-client'
import { z } from 'zod'
import { askChallenge, takeChallenge } from './challenges.ts'
import { InputError } from './errors.ts'
import type { Tables } from './records.ts'
import { note } from './security-log.ts'

/*
 * Single sign-on by OpenID Connect: authorization code with PKCE, state and nonce, all bound to the browser that began
 * and good once. A provider signs in accounts of one organisation that are there already; it makes none.
 */

const SettingsSchema = z.strictObject({
  /** What the button says. */
  name: z.string().trim().min(1).max(80),
  issuer: z.url(),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  /** The name of the organisation whose accounts it vouches for. */
  organisation: z.string().min(1),
})

export type SingleSignOnSettings = z.output<typeof SettingsSchema>

export interface SingleSignOn {
  readonly name: string
  /**
   * Where the browser goes, and the token it keeps meanwhile. With `again` the provider is asked to have the person prove
   * anew who they are, however long they have been signed in there.
   */
  begin(
    redirectUri: string,
    how: { readonly again: boolean },
  ): Promise<{ readonly url: string; readonly token: string }>
  /** Whose account the provider vouches for; null where its answer is not to what was asked, or of no account here. */
  finish(answer: URL, token: string | undefined): Promise<Vouched | null>
}

export interface Vouched {
  readonly userId: string
  /** When the person proved to the provider who they are (OpenID Connect Core 2, auth_time); never later than now. */
  readonly provenAt: Date
}

/**
 * The provider of a settings file (`single-sign-on.json` in the data folder); undefined where there is none.
 *
 * @throws InputError `single-sign-on.settings` for a file that does not fit.
 */
export function readSingleSignOn(path: string): SingleSignOnSettings | undefined {
  if (!existsSync(path)) return undefined
  let said: unknown
  try {
    said = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) throw unusable(path, error.message)
    throw error
  }
  const read = SettingsSchema.safeParse(said)
  if (!read.success) {
    throw unusable(path, read.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`).join('; '))
  }
  // On the loopback address there is nobody in between; anywhere else a secret would travel readable.
  const { protocol, hostname } = new URL(read.data.issuer)
  if (protocol === 'https:' || isLoopback(hostname)) return read.data
  throw unusable(path, 'issuer: https')
}

export function singleSignOn(db: Kysely<Tables>, settings: SingleSignOnSettings, now: () => Date): SingleSignOn {
  const { name, issuer, clientId, clientSecret, organisation } = settings
  let found: Promise<oidc.Configuration> | undefined
  // Asked when somebody signs in: a provider that is away does not keep the portal from starting.
  function provider(): Promise<oidc.Configuration> {
    found ??= oidc
      .discovery(new URL(issuer), clientId, clientSecret, undefined, {
        execute: isLoopback(new URL(issuer).hostname) ? [oidc.allowInsecureRequests] : [],
        timeout: 10,
      })
      .catch((error: unknown) => {
        found = undefined
        throw error
      })
    return found
  }

  return {
    name,
    async begin(redirectUri, { again }) {
      const verifier = oidc.randomPKCECodeVerifier()
      const asked = { verifier, state: oidc.randomState(), nonce: oidc.randomNonce(), redirectUri }
      const url = oidc.buildAuthorizationUrl(await provider(), {
        redirect_uri: redirectUri,
        scope: 'openid email',
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state: asked.state,
        nonce: asked.nonce,
        // Asking for an age is what makes a provider say when the person proved who they are.
        ...(again ? { prompt: 'login', max_age: '0' } : { max_age: String(oldestProofSeconds) }),
      })
      const value = JSON.stringify(asked)
      const token = await askChallenge(db, { kind: 'single-sign-on', userId: null, value, now: now() })
      return { url: url.href, token }
    },
    async finish(answer, token) {
      const challenge = await takeChallenge(db, { kind: 'single-sign-on', token, now: now() })
      if (challenge === null) return null
      const asked = JSON.parse(challenge.value) as {
        readonly verifier: string
        readonly state: string
        readonly nonce: string
        readonly redirectUri: string
      }
      const here = new URL(asked.redirectUri)
      here.search = answer.search
      const claims = await vouchedFor(await provider(), here, asked)
      const userId = claims === undefined ? null : await accountOf(claims)
      if (claims === undefined || userId === null) {
        // Its administrator is who can tell whether that was a stranger or a mistake in the settings.
        const owner = await db
          .selectFrom('auth_organization')
          .select('id')
          .where('name', '=', organisation)
          .executeTakeFirst()
        const organisationId = owner?.id ?? null
        await note(db, { kind: 'sign-in.provider-refused', at: now(), organisationId, detail: { issuer } })
        return null
      }
      return { userId, provenAt: new Date(Math.min(claims.provenAt.getTime(), now().getTime())) }
    },
  }

  async function accountOf({ sub, email }: Claims): Promise<string | null> {
    const linked = await db
      .selectFrom('auth_federated')
      .select('user_id')
      .where('issuer', '=', issuer)
      .where('subject', '=', sub)
      .executeTakeFirst()
    if (linked !== undefined) return linked.user_id
    if (email === undefined) return null
    const account = await db
      .selectFrom('auth_user')
      .innerJoin('auth_member', 'auth_member.user_id', 'auth_user.id')
      .innerJoin('auth_organization', 'auth_organization.id', 'auth_member.organization_id')
      .select('auth_user.id as id')
      .where('email', '=', email.toLowerCase())
      .where('auth_organization.name', '=', organisation)
      .where('off_boarded_at', 'is', null)
      .executeTakeFirst()
    if (account === undefined) return null
    // One subject an account: another person with a re-used address at the provider does not inherit it.
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('auth_federated')
      .values({ issuer, subject: sub, user_id: account.id, linked_at: now() })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    return Number(numInsertedOrUpdatedRows) === 0 ? null : account.id
  }
}

interface Claims {
  readonly sub: string
  /** Only where the provider says that it is verified. */
  readonly email: string | undefined
  readonly provenAt: Date
}

/** A proof of yesterday still signs in; it is asked for again before anything is signed or released. In seconds. */
const oldestProofSeconds = 12 * 3600

async function vouchedFor(
  config: oidc.Configuration,
  answer: URL,
  asked: { readonly verifier: string; readonly state: string; readonly nonce: string },
): Promise<Claims | undefined> {
  try {
    const tokens = await oidc.authorizationCodeGrant(config, answer, {
      pkceCodeVerifier: asked.verifier,
      expectedState: asked.state,
      expectedNonce: asked.nonce,
      idTokenExpected: true,
    })
    const { sub, auth_time: proven } = tokens.claims() ?? {}
    if (sub === undefined) return undefined
    const { email, email_verified: verified } = await oidc.fetchUserInfo(config, tokens.access_token, sub)
    // A provider that does not say when has proven nothing fresh.
    const provenAt = new Date(typeof proven === 'number' ? proven * 1000 : 0)
    return { sub, email: verified === true ? email : undefined, provenAt }
  } catch (error) {
    // A refusal of the provider, a wrong state, nonce, signature or time: all the same to whoever stands there.
    if (
      error instanceof oidc.ClientError ||
      error instanceof oidc.AuthorizationResponseError ||
      error instanceof oidc.ResponseBodyError ||
      error instanceof oidc.WWWAuthenticateChallengeError
    ) {
      console.error(`[sign-in.provider] ${error.message}`)
      return undefined
    }
    throw error
  }
}

function isLoopback(hostname: string): boolean {
  return hostname === '127.0.0.1' || hostname === 'localhost'
}

function unusable(path: string, because: string): InputError {
  return new InputError('single-sign-on.settings', {
    zh: `${path} 不能用作单点登录设置：${because}。应有 name、issuer（https）、clientId、clientSecret、organisation。`,
    en: `${path} cannot be used as settings of single sign-on: ${because}. It has name, issuer (https), clientId, clientSecret and organisation.`,
  })
}
