// Every page in both languages: seen by axe, and kept as a picture under .tongguan/screenshots.
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { findings, pictures } from './axe.ts'
import { closeBrowser, filedCase, portal, visit, visitNext } from './visit.ts'

afterAll(closeBrowser)

// In the dark once: the colours do not depend on the language.
const looks = [
  { tongue: 'zh-CN', schemes: ['light', 'dark'] },
  { tongue: 'en-US', schemes: ['light'] },
] as const

const pages = [
  { name: 'sign-in', as: undefined, at: '/sign-in' },
  { name: 'cases', as: 'deskOfficer', at: '/cases' },
  { name: 'case', as: 'deskOfficer', at: `/cases/${portal.cases.pilot}` },
  { name: 'case-to-check', as: 'deskOfficer', at: `/cases/${filedCase(7)}` },
  { name: 'desk', as: 'deskOfficer', at: '/desk' },
  { name: 'preparations', as: 'handlerOfficer', at: '/preparations' },
  { name: 'individuals', as: 'handlerOfficer', at: '/individuals' },
  { name: 'pilots', as: 'handlerOfficer', at: '/pilots' },
  { name: 'evidence', as: 'handlerOfficer', at: `/cases/${portal.cases.pilot}/evidence` },
  { name: 'account', as: 'deskOfficer', at: '/account' },
  { name: 'organisation', as: 'administrator', at: '/organisation' },
  { name: 'case-supervised', as: 'supervisor', at: `/cases/${portal.cases.pilot}` },
  { name: 'join-refused', as: undefined, at: '/join#made-up' },
  { name: 'no-rights', as: 'assessor', at: `/cases/${filedCase(7)}` },
  { name: 'enquiries', as: 'deskOfficer', at: '/enquiries' },
  { name: 'interpretations', as: 'deskOfficer', at: '/interpretations' },
  { name: 'programme', as: 'deskOfficer', at: '/programme' },
  { name: 'figures', as: 'deskOfficer', at: '/figures' },
  { name: 'dead-link', as: 'deskOfficer', at: '/nowhere' },
] as const

test.for(pages.flatMap((page) => looks.map((look) => ({ ...page, ...look }))))(
  '$name in $tongue, $schemes: nothing serious for axe, one h1, no error',
  async ({ name, as, at, tongue, schemes }) => {
    const visitor = { ...(as === undefined ? {} : { as }), tongue }
    const refused = name === 'no-rights' || name === 'join-refused'
    const { page, complaints } = refused
      ? await visit({ ...visitor, at, expecting: [404] })
      : await visitNext({ ...visitor, at })
    await page.locator('h1').waitFor()
    if (name === 'evidence') await page.locator('.filters').waitFor()
    if (name.startsWith('case'))
      await page
        .locator(name === 'cases' ? 'tbody tr' : '.timeline')
        .first()
        .waitFor()
    expect(await page.locator('h1').count()).toBe(1)
    expect(await page.locator('main').count()).toBe(1)
    expect(await wider(page)).toBeLessThanOrEqual(0)
    expect(await page.locator('html').getAttribute('lang')).toBe(tongue)
    for (const scheme of schemes) {
      // Without motion, and two frames later: no colour is measured on its way to another.
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
      expect(await findings(page)).toEqual([])
      await page.screenshot({
        path: join(pictures, `${name}-${tongue}${scheme === 'dark' ? '-dark' : ''}.png`),
        fullPage: true,
      })
    }
    expect(complaints).toEqual([])
    if (refused) await page.close()
  },
)

test.for(['zh-CN', 'en-US'] as const)('the dialogs of a step in %s: nothing serious for axe', async (tongue) => {
  const { page, complaints } = await visitNext({ as: 'deskOfficer', at: `/cases/${filedCase(7)}`, tongue })
  for (const [n, name] of ['preview', 'form'].entries()) {
    await page.locator('.steps button').nth(n).click()
    await page.getByRole('dialog').waitFor()
    expect(await findings(page)).toEqual([])
    await page.screenshot({ path: join(pictures, `step-${name}-${tongue}.png`) })
    await page.keyboard.press('Escape')
  }
  expect(complaints).toEqual([])
  // Whatever a page were made to do with a text, the browser makes no markup of it.
  const markup = `document.body.appendChild(document.createElement('div')).innerHTML = '<img src=x>'`
  await expect(page.evaluate(markup)).rejects.toThrow('TrustedHTML')
})

/** By how many pixels the page is wider than its window: what is in none of its own scrolling regions. */
const wider = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')

test('the page is read at 320 pixels and at twice the text without sideways scrolling', async () => {
  const { page } = await visitNext({ as: 'deskOfficer', at: `/cases/${filedCase(7)}`, tongue: 'en-US' })
  await page.setViewportSize({ width: 320, height: 700 })
  await page.locator('.timeline').waitFor()
  expect(await wider(page)).toBeLessThanOrEqual(0)
  await page.screenshot({ path: join(pictures, 'case-narrow-en-US.png'), fullPage: true })
})
