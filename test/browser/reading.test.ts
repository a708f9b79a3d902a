// Signing in, reading, and being told why not.
import { readFile } from 'node:fs/promises'
import { afterAll, expect, test } from 'vitest'
import { closeBrowser, filedCase, portal, signIn, visit, visitNext } from './visit.ts'

afterAll(closeBrowser)

test.for(['handlerOfficer', 'deskOfficer', 'assessor'] as const)(
  'a %s signs in and reads the pilot case',
  async (role) => {
    const { page, complaints } = await visit()
    await signIn(page, role)
    await page.getByRole('heading', { level: 1, name: '案件' }).waitFor()
    await page.getByLabel('状态').selectOption('decided')
    await page.getByRole('link', { name: portal.cases.pilot }).click()
    await page.getByRole('heading', { level: 1, name: `案件 ${portal.cases.pilot}` }).waitFor()
    await page.locator('.timeline > li').nth(5).waitFor()
    expect(await page.locator('.timeline > li').count()).toBe(6)
    expect(await page.title()).toBe(`案件 ${portal.cases.pilot} · 通关`)
    await page.getByText('逐日算法（45 个工作日）').click()
    expect(await page.locator('details[open] tbody tr:not(.off)').count()).toBe(45)
    await page.getByRole('link', { name: '查看扫描证据' }).click()
    await page.getByRole('heading', { level: 2, name: '字段' }).waitFor()
    expect(await page.getByText('遮蔽样例只保存在数据处理者处').count()).toBe(role === 'handlerOfficer' ? 0 : 1)
    expect(complaints).toEqual([])
  },
)

test('the evidence is searched by kind, filtered by category, and sorted', async () => {
  const { page, complaints } = await visitNext({ as: 'handlerOfficer', at: `/cases/${portal.cases.pilot}/evidence` })
  const rows = page.locator('section[aria-labelledby=columns] tbody tr')
  await rows.first().waitFor()
  const all = await rows.count()
  await page.getByLabel('查找字段、文件或类型').fill('身份证')
  await expect.poll(() => rows.count()).toBeLessThan(all)
  await page.getByText(`显示 ${await rows.count()} /`).waitFor()
  expect(await rows.count()).toBeLessThan(all)
  expect(await rows.first().innerText()).toContain('居民身份证号')
  await page.getByRole('button', { name: '清除筛选' }).click()
  await page.getByLabel('类别').selectOption('sensitive')
  // Read at one moment: the rows of before the filter may still be going.
  await expect
    .poll(async () => (await rows.allInnerTexts()).filter((text) => !text.includes('敏感个人信息')))
    .toEqual([])
  expect(await rows.count()).toBeGreaterThan(0)
  await page.getByRole('button', { name: '不同值' }).click()
  expect(await page.locator('th[aria-sort=ascending]').innerText()).toContain('不同值')
  expect(complaints).toEqual([])
})

test('a document is downloaded as it was filed', async () => {
  const { page } = await visitNext({ as: 'deskOfficer', at: `/cases/${portal.cases.pilot}` })
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载 数据出境安全评估申报表.docx' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('数据出境安全评估申报表.docx')
  const bytes = await readFile(await download.path())
  expect(bytes.subarray(0, 2).toString()).toBe('PK')
})

test('a wrong password says so, keeps the address, and signs nobody in', async () => {
  const { page, complaints } = await visit({ tongue: 'en-US', expecting: [401] })
  await page.getByLabel('E-mail address').fill('desk@province.example')
  await page.getByLabel('Password').fill('not this one')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('The e-mail address or the password is not right.').waitFor()
  expect(await page.getByLabel('E-mail address').inputValue()).toBe('desk@province.example')
  await signIn(page, 'deskOfficer')
  await page.getByRole('heading', { level: 1, name: 'Cases' }).waitFor()
  expect(complaints).toEqual([])
})

test('a link into a case asks to sign in first and then opens it', async () => {
  const { page } = await visit({ at: `/cases/${portal.cases.pilot}` })
  await page.getByText('请先登录').waitFor()
  await signIn(page, 'deskOfficer')
  await page.getByRole('heading', { level: 1, name: `案件 ${portal.cases.pilot}` }).waitFor()
  expect(new URL(page.url()).pathname).toBe(`/cases/${portal.cases.pilot}`)
})

test('what is not one’s own is refused in words, typed by hand or sent by hand', async () => {
  const { page, complaints } = await visit({
    as: 'assessor',
    at: `/cases/${filedCase(0)}`,
    tongue: 'en-US',
    expecting: [404, 403],
  })
  await page.getByRole('heading', { level: 1, name: 'Not to be seen from here' }).waitFor()
  await page.getByText(`There is no case ${filedCase(0)}, or none that you may see.`).waitFor()
  const answer = await page.evaluate(
    async (address) => {
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'if-match': '"1"', 'idempotency-key': 'by-hand-by-hand' },
        body: '{}',
      })
      const problem = (await response.json()) as { readonly code: string }
      return { status: response.status, code: problem.code }
    },
    `/v1/cases/${filedCase(0)}/completeness-check`,
  )
  expect(answer).toEqual({ status: 403, code: 'rights.not-yours' })
  await page.getByRole('link', { name: 'Back to the cases' }).click()
  await page.getByRole('heading', { level: 1, name: 'Cases' }).waitFor()
  expect(complaints).toEqual([])
})

test('a dead link says so and leads back', async () => {
  const { page, complaints } = await visitNext({ as: 'deskOfficer', at: '/declarations/17' })
  await page.getByRole('heading', { level: 1, name: '没有这个页面' }).waitFor()
  await page.getByText('本站没有“/declarations/17”').waitFor()
  await page.getByRole('link', { name: '返回案件列表' }).click()
  await page.getByRole('heading', { level: 1, name: '案件', exact: true }).waitFor()
  expect(complaints).toEqual([])
})

test('the list is turned page by page, and the language is changed and remembered', async () => {
  const { page } = await visit({ as: 'deskOfficer' })
  await page.getByRole('button', { name: '下一页' }).click()
  await page.getByRole('link', { name: portal.cases.pilot }).waitFor()
  await page.getByRole('button', { name: '上一页' }).click()
  await page.getByRole('link', { name: filedCase(portal.cases.filed.length - 1) }).waitFor()
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { level: 1, name: 'Cases' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('en-US')
  await page.reload()
  await page.getByRole('heading', { level: 1, name: 'Cases' }).waitFor()
})

test('whoever signs out is out, also by the way back', async () => {
  // What the page still asks for while it goes, or when it comes back, is refused, and the browser complains of that.
  const { page, complaints } = await visit({ at: `/cases/${portal.cases.pilot}`, expecting: [401] })
  await signIn(page, 'deskOfficer')
  await page.getByRole('heading', { level: 1, name: portal.cases.pilot }).waitFor()
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByRole('heading', { level: 1, name: '登录' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: '登录' }).waitFor()
  expect(complaints).toEqual([])
})
