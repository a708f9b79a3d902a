// The pages for everybody: seen by axe in both languages, light and dark, and used without JavaScript.
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findings, pictures } from './axe.ts'
import { closeBrowser, signIn, visit } from './visit.ts'

afterAll(closeBrowser)

const answers =
  'leaves=transfer&personal=yes&secret=none&important=none&operator=no&body=none&claim=none&foreign=no&restricted=no&voluntary=no&persons=told&general=0&sensitive=12000'
const pages = [
  { name: 'home', at: '/public' },
  { name: 'triage', at: '/public/triage?leaves=transfer&personal=yes&claim=cross-border-hr&ask=conditions' },
  { name: 'triage-unfit', at: '/public/triage?from=leaves' },
  { name: 'triage-result', at: `/public/triage?${answers}` },
  { name: 'enquiry', at: `/public/enquiry?${answers}` },
  { name: 'interpretations', at: '/public/interpretations' },
  { name: 'register', at: '/public/register' },
  { name: 'verify', at: '/public/verify' },
  { name: 'dead-link', at: '/public/nowhere', expecting: [404] },
]

test('every public page in both languages, light and dark: nothing serious for axe, one h1, read at 320 pixels', async () => {
  const { page, complaints } = await visit({ at: '/public', expecting: [404] })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const { name, at } of pages) {
    for (const tongue of ['zh-CN', 'en-US']) {
      await page.goto(`${at}${tongue === 'en-US' ? `${at.includes('?') ? '&' : '?'}lang=en` : ''}`)
      expect([name, await page.locator('h1').count(), await page.locator('main').count()]).toEqual([name, 1, 1])
      expect(await page.locator('html').getAttribute('lang')).toBe(tongue)
      if (name === 'verify') await page.locator('#folder').waitFor()
      // In the dark once: the colours do not depend on the language.
      for (const colorScheme of tongue === 'zh-CN' ? (['light', 'dark'] as const) : (['light'] as const)) {
        await page.emulateMedia({ colorScheme })
        expect({ name, tongue, colorScheme, found: await findings(page) }).toMatchObject({ found: [] })
        await page.screenshot({ path: join(pictures, `public-${name}-${tongue}-${colorScheme}.png`), fullPage: true })
      }
    }
    await page.setViewportSize({ width: 320, height: 700 })
    const wider = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )
    expect({ name, fits: wider <= 0 }).toEqual({ name, fits: true })
    await page.setViewportSize({ width: 1360, height: 860 })
  }
  expect(complaints).toEqual([])
})

test('without JavaScript: by keyboard from the first question to the answer, and on to the desk of the office', async () => {
  const { page, complaints } = await visit({ at: '/public/triage', javaScript: false, expecting: [422] })
  const choose = async (value: string) => {
    await page.locator(`input[type=radio][value="${value}"]`).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await page.waitForLoadState()
  }
  // Nothing chosen: the same question again, with a link to it.
  await page.getByRole('button', { name: '继续' }).press('Enter')
  await page.getByRole('alert').getByRole('link').waitFor()
  const given = { leaves: 'transfer', personal: 'yes', secret: 'none', important: 'none', operator: 'no', body: 'none' }
  for (const value of Object.values(given)) await choose(value)
  await choose('none')
  await page.locator('input[value=told]').check()
  await page.getByLabel('不含敏感个人信息的人数').fill('0')
  await page.getByLabel('含敏感个人信息的人数', { exact: true }).fill('1.2万')
  await page.keyboard.press('Enter')
  await choose('no')
  await choose('no')
  await page.getByText('申报数据出境安全评估', { exact: true }).waitFor()
  await page.getByRole('link', { name: '带着这些回答咨询主管部门' }).click()
  await page.getByLabel('问题').fill('我们的情形是否需要申报？')
  await page.getByRole('button', { name: '提交咨询' }).click()
  await page.getByRole('alert').getByText('请留下电话或者电子邮箱').waitFor()
  expect(await page.getByLabel('问题').inputValue()).toBe('我们的情形是否需要申报？')
  await page.getByLabel('电话或者电子邮箱').fill('010-12345678')
  await page.getByRole('button', { name: '提交咨询' }).click()
  const no = await page.locator('.answer strong').innerText()
  expect(no).toMatch(/^ZX-\d{4}-\d{7}$/)
  expect(complaints).toEqual([])

  const desk = await visit({ at: `/enquiries/${no}` })
  await signIn(desk.page, 'deskOfficer')
  await desk.page.getByText('我们的情形是否需要申报？').first().waitFor()
  await desk.page.getByText('申报数据出境安全评估').first().waitFor()
})
