// A visitor of the portal: a browser of its own, signed in or not, watched for what must never happen.
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { inject } from 'vitest'
import { chromiumFlags } from './chromium.ts'
import type { PortalUnderTest } from './setup.ts'

export type Tongue = 'zh-CN' | 'en-US'
export const portal: PortalUnderTest = inject('portal')

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
    readonly expecting?: readonly (number | 'offline')[]
  } = {},
): Promise<Visit> {
  const { as, tongue = 'zh-CN', at = '/', byName = false, clock = false, expecting = [] } = options
  const address = byName ? portal.address.replace('127.0.0.1', 'localhost') : portal.address
  started ??= chromium.launch({ executablePath: portal.chromium, args: [...chromiumFlags] })
  const browser = await started
  const context = await browser.newContext({
    baseURL: address,
    locale: tongue,
    ...(as === undefined ? {} : { storageState: await signedInAs(browser, as) }),
    viewport: { width: 1360, height: 860 },
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

/** The cookies of somebody signed in through the page, once for all visits of a test file. */
async function signedInAs(browser: Browser, as: keyof PortalUnderTest['accounts']) {
  const known = sessions.get(as)
  if (known !== undefined) return known
  const context = await browser.newContext({ baseURL: portal.address })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await signIn(page, as)
  const { cookies } = await context.storageState()
  const state = { cookies, origins: [] }
  sessions.set(as, state)
  await context.close()
  return state
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
  await (await started)?.close()
  started = undefined
}

/** The nth filed case: each test that takes a step has one of its own. */
export function filedCase(n: number): string {
  const no = portal.cases.filed[n]
  if (no === undefined) throw new Error(`no filed case ${n}`)
  return no
}
