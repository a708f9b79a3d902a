// A visitor of the portal: a browser of its own, signed in or not, watched for what must never happen.
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { inject } from 'vitest'
import { chromiumFlags } from './chromium.ts'
import type { PortalUnderTest } from './setup.ts'

export type Tongue = 'zh-CN' | 'en-US'
export const portal: PortalUnderTest = inject('portal')

const viewport = { width: 1360, height: 860 }

let started: Promise<Browser> | undefined

export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  /** What went wrong unseen: errors in the console, requests to elsewhere. Empty, or the test has found something. */
  readonly complaints: string[]
}

/**
 * A new visitor, signed in `as` somebody already or nobody. `expecting` names the answers (`401`) and network failures (`offline`) that the test is about; every
 * other failed request is a complaint.
 */
export async function visit(
  options: {
    readonly as?: keyof PortalUnderTest['accounts']
    readonly tongue?: Tongue
    readonly at?: string
    /** By the name `localhost`, to which passkeys can belong. */
    readonly byName?: boolean
    /** The page's clock is the test's to set. */
    readonly clock?: boolean
    readonly javaScript?: boolean
    readonly expecting?: readonly (number | 'offline')[]
  } = {},
): Promise<Visit> {
  const { as, tongue = 'zh-CN', at = '/', byName = false, clock = false, javaScript = true, expecting = [] } = options
  const address = byName ? portal.address.replace('127.0.0.1', 'localhost') : portal.address
  started ??= chromium.launch({ executablePath: portal.chromium, args: [...chromiumFlags] })
  const browser = await started
  const context = await browser.newContext({
    baseURL: address,
    locale: tongue,
    javaScriptEnabled: javaScript,
    ...(as === undefined ? {} : { storageState: await signedInAs(browser, as) }),
    viewport,
    colorScheme: 'light',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(15_000)
  const complaints: string[] = []
  context.on('request', (request) => {
    const { origin } = new URL(request.url())
    if (origin !== address) complaints.push(`a request to ${request.url()}`)
  })
  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    const text = message.text()
    const expected = expecting.some((what) =>
      what === 'offline' ? text.includes('ERR_INTERNET_DISCONNECTED') : text.includes(`status of ${what} `),
    )
    if (!expected) complaints.push(text)
  })
  context.on('weberror', (error) => complaints.push(String(error.error())))
  const page = await context.newPage()
  if (clock) await page.clock.install()
  await page.goto(at)
  return { page, context, complaints }
}

const sessions = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>()

/** The cookies of somebody signed in, once for all visits of a test file; signing in through the page has tests of its own. */
async function signedInAs(browser: Browser, as: keyof PortalUnderTest['accounts']) {
  const known = sessions.get(as)
  if (known !== undefined) return known
  const { email, password } = portal.accounts[as]
  const context = await browser.newContext({ baseURL: portal.address })
  const answer = await context.request.post('/v1/session', {
    data: { email, password },
    headers: { origin: portal.address },
  })
  if (!answer.ok()) throw new Error(`sign-in answered ${answer.status()}: ${await answer.text()}`)
  const { cookies } = await context.storageState()
  const state = { cookies, origins: [] }
  sessions.set(as, state)
  await context.close()
  return state
}

const opened = new Map<string, Visit>()

/**
 * Loads the page where this visitor was last: a page of a new browser takes three times as long. What the browser keeps
 * (the language chosen, drafts) and the complaints are the visitor's, not the test's; who expects any comes by {@link visit}.
 */
export async function visitNext(
  options: Pick<NonNullable<Parameters<typeof visit>[0]>, 'as' | 'tongue'> & { readonly at: string },
): Promise<Visit> {
  const { as, tongue = 'zh-CN' } = options
  const who = `${as} ${tongue}`
  const before = opened.get(who)
  if (before === undefined) {
    const made = await visit(options)
    opened.set(who, made)
    return made
  }
  await before.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await before.page.setViewportSize(viewport)
  await before.page.goto(options.at)
  return before
}

/** Fills in the sign-in page or dialog that is open, and waits until it is gone. */
export async function signIn(page: Page, as: keyof PortalUnderTest['accounts']): Promise<void> {
  const { email, password } = portal.accounts[as]
  const mail = page.locator('input[type=email]')
  if (await mail.isEnabled()) await mail.fill(email)
  // Other pages have forms of their own, also for a new password.
  const secret = page.locator('input[autocomplete=current-password]')
  await secret.fill(password)
  await page.locator('form', { has: secret }).locator('button[type=submit]').click()
  await secret.waitFor({ state: 'detached' })
}

export async function closeBrowser(): Promise<void> {
  sessions.clear()
  opened.clear()
  await (await started)?.close()
  started = undefined
}

/** The nth filed case: each test that takes a step has one of its own. */
export function filedCase(n: number): string {
  const no = portal.cases.filed[n]
  if (no === undefined) throw new Error(`no filed case ${n}`)
  return no
}
