// A person's time with Tongguan in a real browser: invited, two factors, a lost phone, a passkey, signing, leaving.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { root } from '../../scripts/start.mjs'
import { closeBrowser, filedCase, portal, signIn, visit } from './visit.ts'

const pictures = join(root, '.tongguan', 'screenshots')
mkdirSync(pictures, { recursive: true })
afterAll(closeBrowser)

const person = { name: '新来的人', email: 'newcomer@hospital.example', password: 'lantern otter velocity 柿子' }
const seen = (page: Page, name: string) =>
  page.screenshot({ path: join(pictures, `identities-${name}.png`), fullPage: true })

/** Of this page alone: other test files have the same person's sessions at the same time, and sign in them. */
async function older(page: Page, minutes: number): Promise<void> {
  const session = (await page.context().cookies()).find(({ name }) => name.endsWith('session_token'))
  await fetch(`${portal.ageing}?token=${session?.value ?? ''}&minutes=${String(minutes)}`, { method: 'POST' })
}

test('invited, with an authenticator, a lost phone and a passkey, and out at once when leaving', async () => {
  const administrator = await visit({ as: 'administrator', at: '/organisation', expecting: [404] })
  const office = administrator.page
  await office.getByRole('heading', { level: 1, name: '本机构' }).waitFor()
  await office.getByLabel('姓名').fill(person.name)
  await office.getByLabel('电子邮箱').fill(person.email)
  await office.locator('form').filter({ hasText: '邀请' }).getByLabel('角色').selectOption('handlerOfficer')
  await office.getByRole('button', { name: '邀请', exact: true }).click()
  const link = await office.locator('.notice .code').innerText()
  await office.getByText('待接受').waitFor()
  await seen(office, 'organisation')

  // Joining, by the link; a second time it no longer holds.
  const { page, complaints, context } = await visit({ byName: true, expecting: [401, 404] })
  const here = link.replace('127.0.0.1', 'localhost')
  await page.goto(here)
  await page.getByText('您受邀以“数据处理者经办人”的身份').waitFor()
  await seen(page, 'join')
  await page.getByLabel('新密码').fill(person.password)
  await page.getByRole('button', { name: '设置密码并加入' }).click()
  await page.getByText('账户已就绪').waitFor()
  const again = await context.newPage()
  await again.goto(here)
  await again.getByText('这个链接无效').waitFor()
  await again.close()

  const signInHere = async () => {
    await page.goto('/sign-in')
    await page.getByLabel('电子邮箱').fill(person.email)
    await page.getByLabel('密码').fill(person.password)
    await page.getByRole('button', { name: '登录', exact: true }).click()
  }
  await signInHere()
  await page.getByRole('heading', { level: 1, name: '案件' }).waitFor()
  await page.getByRole('link', { name: '我的账户' }).click()
  await page.getByText('您还没有第二因素').waitFor()

  // The authenticator; a while after signing in the change asks for a step-up first.
  await older(page, 6)
  await page.getByRole('button', { name: '设置验证器' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('请再次验证身份').waitFor()
  await seen(page, 'step-up')
  await dialog.getByLabel('密码').fill(person.password)
  await dialog.getByRole('button', { name: '验证并继续' }).click()
  await page.getByRole('img', { name: '验证器的二维码' }).waitFor()
  const secret = await page.locator('#totp ~ form .code').innerText()
  await seen(page, 'authenticator')
  await page.getByLabel('验证器显示的六位数字').fill(new TOTP({ secret }).generate())
  await page.getByRole('button', { name: '启用', exact: true }).click()
  await page.getByText('验证器已启用').waitFor()
  const [recovery = ''] = await page.getByRole('list', { name: '恢复码' }).getByRole('listitem').allInnerTexts()

  // The phone is lost: the password and a recovery code.
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByRole('heading', { level: 1, name: '登录' }).waitFor()
  await signInHere()
  await page.getByLabel('验证码').fill('000000')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByText('验证码不正确').waitFor()
  await seen(page, 'code')
  await page.getByLabel('验证码').fill(recovery)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: '案件' }).waitFor()

  // A passkey: made, used to sign in without a password, and to step up.
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await page.getByRole('link', { name: '我的账户' }).click()
  await page.getByLabel('给它起个名字').fill('安全密钥')
  await page.getByRole('button', { name: '添加通行密钥' }).click()
  await page.getByRole('button', { name: '移除通行密钥 安全密钥' }).waitFor()
  await seen(page, 'account')
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByRole('heading', { level: 1, name: '登录' }).waitFor()
  await page.getByRole('button', { name: '使用通行密钥登录' }).click()
  await page.getByRole('heading', { level: 1, name: '案件' }).waitFor()
  await page.getByRole('link', { name: '我的账户' }).click()
  await older(page, 6)
  await page.getByRole('button', { name: '生成新的恢复码' }).click()
  await dialog.getByRole('button', { name: '使用通行密钥验证' }).click()
  await page.getByText('请现在保存恢复码').waitFor()

  // Leaving: the next thing the browser asks for is refused.
  await office.reload()
  await office.getByRole('button', { name: `变更 ${person.name}` }).click()
  await office.getByRole('button', { name: '停用这个账户' }).click()
  await office.getByText('离岗，账户停用').waitFor()
  await page.getByRole('button', { name: '生成新的恢复码' }).click()
  await page.getByRole('dialog').getByText('登录已过期').waitFor()
  expect(complaints).toEqual([])
  expect(administrator.complaints).toEqual([])
}, 120_000)

test('an organisation’s administrator asks a second factor of everybody: nothing but one’s account is open before', async () => {
  const administrator = await visit({ as: 'partnerAdministrator', at: '/organisation', expecting: [403] })
  const officer = await visit({ as: 'partnerOfficer', at: '/account', expecting: [403] })
  await officer.page.getByText('您还没有第二因素').waitFor()
  await administrator.page.getByRole('button', { name: '要求全体成员使用第二因素' }).click()

  // In the middle of their sessions: who asked for it is led to their account, like everybody.
  const { page } = administrator
  await page.getByText('您须使用第二因素工作').waitFor()
  await seen(page, 'factor-first')
  await officer.page.goto('/pilots')
  await officer.page.getByText('您须使用第二因素工作').waitFor()
  expect(new URL(officer.page.url()).pathname).toBe('/account')
  expect(await officer.page.getByRole('link', { name: '我的账户' }).count()).toBe(1)

  await page.getByRole('button', { name: '设置验证器' }).click()
  const secret = await page.locator('#totp ~ form .code').innerText()
  await page.getByLabel('验证器显示的六位数字').fill(new TOTP({ secret }).generate())
  await page.getByRole('button', { name: '启用', exact: true }).click()
  await page.getByText('验证器已启用').waitFor()
  await page.getByRole('link', { name: '本机构' }).click()
  // Written down, beside the button that takes it back.
  await page.getByRole('rowheader', { name: /要求全体成员使用第二因素/ }).waitFor()
  await page.getByRole('button', { name: '改由角色决定' }).click()
  await page.getByText('是否须用第二因素由角色决定').waitFor()
  await officer.page.goto('/pilots')
  await officer.page.getByRole('heading', { level: 1 }).waitFor()
  expect(new URL(officer.page.url()).pathname).toBe('/pilots')
  expect([...administrator.complaints, ...officer.complaints]).toEqual([])
})

test('a step that signs asks for the password again after some minutes, and without it nothing is done', async () => {
  const no = filedCase(9)
  const { page, complaints } = await visit({ tongue: 'en-US', at: `/cases/${no}`, expecting: [401, 403] })
  await signIn(page, 'handlerOfficer')
  await page.getByRole('heading', { level: 1, name: `Case ${no}` }).waitFor()
  await older(page, 6)
  const withdraw = async () => {
    await page.locator('.steps button').first().click()
    await page.getByLabel('Reason').fill('No longer needed')
    await page.getByRole('button', { name: 'Next: check it' }).click()
    await page.getByRole('button', { name: /^Confirm: / }).click()
  }
  await withdraw()
  const proof = page.getByRole('dialog', { name: 'Prove again who you are' })
  await proof.getByLabel('Password').fill('not this one')
  await proof.getByRole('button', { name: 'Prove and go on' }).click()
  await proof.getByText('That did not prove who you are').waitFor()
  await proof.getByRole('button', { name: 'Cancel' }).click()
  await page.getByText('This step was not taken').waitFor()
  await page.getByRole('button', { name: /^Confirm: / }).click()
  await proof.getByLabel('Password').fill(portal.accounts.handlerOfficer.password)
  await proof.getByRole('button', { name: 'Prove and go on' }).click()
  await page.getByText(/^Done: /).waitFor()
  expect(await page.locator('.timeline > li').count()).toBe(2)
  expect(complaints).toEqual([])
})

test('the page warns before the session ends, and staying prolongs it', async () => {
  const { page, complaints } = await visit({ clock: true, tongue: 'en-US' })
  await signIn(page, 'supervisor')
  await page.getByRole('heading', { level: 1, name: 'Cases' }).waitFor()
  await older(page, 26)
  await page.clock.fastForward('26:00')
  const warning = page.getByRole('dialog', { name: 'Your session is about to end' })
  await warning.waitFor()
  await seen(page, 'warning')
  const [asked] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/v1/me')),
    warning.getByRole('button', { name: 'Stay signed in' }).click(),
  ])
  expect(Number(asked.headers()['session-ends-in'])).toBeGreaterThan(25 * 60)
  await warning.waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
})

test('the supervisor sees who looked into a case; the officer does not', async () => {
  const at = `/cases/${filedCase(10)}`
  const officer = await visit({ as: 'handlerOfficer', at })
  await officer.page.locator('.timeline').waitFor()
  expect(await officer.page.getByText('谁看过这个案件').count()).toBe(0)
  const { page, complaints } = await visit({ as: 'supervisor', at })
  await page.getByRole('heading', { level: 2, name: '谁看过这个案件' }).waitFor()
  await page.getByRole('cell', { name: '打开案件' }).first().waitFor()
  await page
    .getByRole('rowheader', { name: /经办人（模拟）/ })
    .first()
    .waitFor()
  await seen(page, 'access')
  expect([...officer.complaints, ...complaints]).toEqual([])
})
