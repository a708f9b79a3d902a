// Taking the next step of a case, and what may come in between.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { signBundle } from '@tongguan/dossier'
import type { Page } from 'playwright-core'
import { findings, pictures } from './axe.ts'
import { closeBrowser, filedCase, portal, signIn, visit, visitNext } from './visit.ts'

afterAll(closeBrowser)

const confirm = { act: '确认通过完备性查验', button: '确认：确认通过完备性查验' } as const

async function confirmed(page: Page): Promise<void> {
  await page.getByText(`已完成：${confirm.act}`).waitFor()
  await page.locator('.status', { hasText: '查验通过' }).first().waitFor()
}

/** How often the completeness of a case was confirmed, as the server says. */
async function timesConfirmed(page: Page, no: string): Promise<number> {
  return page.evaluate(async (address) => {
    const answer = (await (await fetch(address)).json()) as { readonly timeline: readonly { readonly kind: string }[] }
    return answer.timeline.filter(({ kind }) => kind === 'completenessConfirmed').length
  }, `/v1/cases/${no}`)
}

test('a desk officer takes the next step after a preview', async () => {
  const no = filedCase(1)
  const { page, complaints } = await visitNext({ as: 'deskOfficer', at: `/cases/${no}` })
  await page.getByRole('button', { name: confirm.act }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('不能撤销').waitFor()
  await dialog.getByText('2026年11月23日').waitFor()
  await page.keyboard.press('Escape')
  expect(await timesConfirmed(page, no)).toBe(0)
  await page.getByRole('button', { name: confirm.act }).click()
  await page.getByRole('button', { name: confirm.button }).click()
  await confirmed(page)
  expect(await page.locator('.timeline > li').count()).toBe(2)
  expect(complaints).toEqual([])
})

/** The keyboard of a page: what has the focus, and Tab until something has it, whose focus must then be seen. */
function keyboardOn(page: Page) {
  const focused = () =>
    page.evaluate<string>(`(document.activeElement?.labels?.[0] ?? document.activeElement)?.textContent?.trim() ?? ''`)
  /** Tabs until what has the focus says this; never more than a page has places to stop. */
  const tabTo = async (text: string) => {
    for (let n = 0; n < 90; n += 1) {
      await page.keyboard.press('Tab')
      // Asked until it is so: a page that is just being drawn again takes a moment to show where the focus is. Between the
      // last place and the first the page itself has it, as in any browser; its heading has it when the page is new.
      await expect
        .poll(
          () =>
            page.evaluate<string>(
              "document.activeElement.matches('body, h1') ? 'the page' : getComputedStyle(document.activeElement).outlineStyle",
            ),
          { timeout: 10_000 },
        )
        .toMatch(/^(?:solid|the page)$/)
      if ((await focused()) === text) return
    }
    throw new Error(`the keyboard does not reach ${text}`)
  }
  return { focused, tabTo }
}

test('with the keyboard alone: from the sign-in page to a case returned for completion', async () => {
  const no = filedCase(portal.cases.filed.length - 1)
  const { page, complaints } = await visit({ tongue: 'en-US' })
  const { email, password } = portal.accounts.deskOfficer
  const { focused, tabTo } = keyboardOn(page)
  await page.getByLabel('E-mail address').waitFor()
  await page.keyboard.press('Tab')
  await expect.poll(focused).toBe('Skip to the content')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.type(email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Cases' }).waitFor()
  await tabTo(no)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: `Case ${no}` }).waitFor()
  await expect.poll(focused).toBe(`Case ${no}`)
  await tabTo('Return for completion')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  // Nothing filled in: the words say what is missing, and have the focus.
  await tabTo('Next: check it')
  await page.keyboard.press('Enter')
  await expect.poll(focused).toContain('Fill in "Missing documents".')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  for (let n = 0; n < 9; n += 1) await page.keyboard.press('Tab')
  await page.keyboard.type('The copy is not legible.')
  await tabTo('Next: check it')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByText('copy of the unified social credit code certificate').waitFor()
  await tabTo('Confirm: Return for completion')
  await page.keyboard.press('Enter')
  await page.getByText('Done: Return for completion').waitFor()
  await page.getByText('The copy is not legible.').waitFor()
  expect(complaints).toEqual([])
})

test('a session that ends in the middle of a step: sign in again, and the step is done once', async () => {
  const no = filedCase(2)
  // A session of its own: it is going to be ended.
  const { page, context, complaints } = await visit({ at: `/cases/${no}`, expecting: [401] })
  await signIn(page, 'deskOfficer')
  await page.getByRole('button', { name: confirm.act }).click()
  // Signed out elsewhere: the same session, ended by another window.
  const keys: (string | undefined)[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/completeness-check')) keys.push(request.headers()['idempotency-key'])
  })
  const other = await context.newPage()
  await other.goto('/cases')
  await other.getByRole('button', { name: '退出登录' }).click()
  await other.getByRole('heading', { level: 1, name: '登录' }).waitFor()
  await page.getByRole('button', { name: confirm.button }).click()
  const again = page.getByRole('dialog', { name: '请重新登录' })
  await again.waitFor()
  expect(await again.getByLabel('电子邮箱').inputValue()).toBe(portal.accounts.deskOfficer.email)
  await again.getByLabel('密码').fill('not this one')
  await again.getByRole('button', { name: '登录' }).click()
  await again.getByText('电子邮箱或者密码不正确').waitFor()
  await signIn(page, 'deskOfficer')
  await confirmed(page)
  expect(keys).toHaveLength(2)
  expect(new Set(keys).size).toBe(1)
  expect(await timesConfirmed(page, no)).toBe(1)
  expect(complaints).toEqual([])
})

test('somebody else was first: who changed what, and the decision is made again', async () => {
  const no = filedCase(3)
  const first = await visit({ as: 'deskOfficer', at: `/cases/${no}`, expecting: [412] })
  const second = await visit({ as: 'secondDeskOfficer', at: `/cases/${no}` })
  // The first one fills in while the second acts; the stream is cut so that the page stays as it was.
  await first.page.getByRole('button', { name: '退回补正' }).click()
  const dialog = first.page.getByRole('dialog')
  await dialog.getByLabel('数据出境安全评估申报表').check()
  await dialog.getByLabel('理由').fill('申报表缺少签章')
  await dialog.getByRole('button', { name: '下一步：核对' }).click()
  await second.page.getByRole('button', { name: confirm.act }).click()
  await second.page.getByRole('button', { name: confirm.button }).click()
  await confirmed(second.page)
  await first.page.getByRole('button', { name: '确认：退回补正' }).click()
  await dialog.getByRole('heading', { name: '案件在您打开之后已有变化' }).waitFor()
  await dialog.getByText('查验岗（模拟）').waitFor()
  await dialog.getByText('通过完备性查验', { exact: true }).waitFor()
  await dialog.getByText('这一步已不能进行').waitFor()
  await dialog.getByRole('button', { name: '关闭' }).click()
  await first.page.locator('.status', { hasText: '查验通过' }).first().waitFor()
  expect([...first.complaints, ...second.complaints]).toEqual([])
})

test('a declaration in preparation: typed, saved, there again; two who change the same place decide', async () => {
  const first = await visit({ as: 'handlerOfficer', at: '/preparations', expecting: ['offline', 412] })
  const { page } = first
  await page.getByLabel('开始于').selectOption({ index: 1 })
  await page.getByRole('button', { name: '开始填写' }).click()
  await page.getByRole('link', { name: '数据处理者情况' }).click()
  const reference = page.getByLabel('本单位的申报编号')
  await reference.fill('第一稿')
  await page.getByText(/^已保存 \d\d:\d\d:\d\d$/).waitFor()
  await page.reload()
  await expect.poll(() => reference.inputValue()).toBe('第一稿')
  const second = await visitNext({ as: 'handlerOfficer', at: new URL(page.url()).pathname, tongue: 'en-US' })
  await second.page.getByRole('link', { name: 'The data handler' }).click()
  const theirs = second.page.getByLabel('Your own reference of this declaration')
  await expect.poll(() => theirs.inputValue()).toBe('第一稿')
  // Typed without a connection and the window closed: the browser keeps it, and it meets what was saved meanwhile.
  await first.context.setOffline(true)
  await reference.fill('第二稿')
  await theirs.fill('Draft 3')
  await second.page.getByText(/^Saved \d\d:\d\d:\d\d$/).waitFor()
  await first.context.setOffline(false)
  await page.reload()
  const dialog = page.getByRole('dialog', { name: '同一处内容，别人也改了' })
  await dialog.getByText('经办人（模拟）').waitFor()
  await dialog.getByText('Draft 3').waitFor()
  await dialog.getByLabel('用我的').check()
  await dialog.getByRole('button', { name: '确定' }).click()
  await page.getByText(/^已保存/).waitFor()
  await page.reload()
  await expect.poll(() => reference.inputValue()).toBe('第二稿')
  for (const [seen, tongue] of [
    [page, 'zh-CN'],
    [second.page, 'en-US'],
  ] as const) {
    expect(await findings(seen)).toEqual([])
    await seen.screenshot({ path: join(pictures, `preparation-${tongue}.png`), fullPage: true })
  }
  expect([...first.complaints, ...second.complaints]).toEqual([])
})

// The longest walk of all: it has longer than the others, for a machine that is busy.
test('with the keyboard alone: answers, data items, the signed bundle, the receipt; who looks on sees it at once', async () => {
  const { page, complaints } = await visitNext({ as: 'handlerOfficer', at: '/preparations', tongue: 'en-US' })
  const { tabTo } = keyboardOn(page)
  const no = await anExampleInPreparation(page)
  await page.goto(`/preparations/${no}`)
  await tabTo('The data handler')
  await page.keyboard.press('Enter')
  const onlooker = await visitNext({ as: 'handlerOfficer', at: `/preparations/${no}?section=handler` })
  await onlooker.page.getByLabel('本单位的申报编号').waitFor()
  await tabTo('Your own reference of this declaration')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('BY-KEYBOARD-1')
  await expect
    .poll(() => onlooker.page.getByLabel('本单位的申报编号').inputValue(), { timeout: 15_000 })
    .toBe('BY-KEYBOARD-1')

  // The items: the evidence is attached, then from cell to cell, and what was copied from a spreadsheet.
  await page.goto(`/preparations/${no}?section=items`)
  const attach = page.getByLabel('Attach the evidence of a scan (evidence.json)')
  await attach.setInputFiles({
    name: 'evidence.json',
    mimeType: 'application/json',
    buffer: Buffer.from(portal.filing.evidence),
  })
  await page.getByText('Uploaded: evidence.json').waitFor()
  const cell = (row: number, column: number) => page.locator(`[data-cell="${row} ${column}"]`)
  const before = await cell(0, 2).inputValue()
  await cell(0, 2).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(`${before}。`)
  // As a spreadsheet puts it on the clipboard.
  await page.evaluate(
    `{
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', '${before}\\t与研究直接相关\\n第二行\\t也相关\\n')
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }))
    }`,
  )
  await page.getByText('Pasted 2 rows').waitFor()
  expect(await cell(1, 3).inputValue()).toBe('也相关')
  await page.getByText(/^This item: /).waitFor()
  await seeBoth(page, onlooker.page, `/preparations/${no}?section=items`, 'items', '.grid tbody tr')

  await page.goto(`/preparations/${no}?section=submission`)
  await page.getByText('The check found no error.').waitFor()
  await tabTo('Write the bundle')
  await page.keyboard.press('Enter')
  const written = page.getByRole('link', { name: /^bundle-\d+-1\.zip$/ })
  await written.waitFor()
  const bundle = await page.request.get((await written.getAttribute('href')) ?? '')
  const signed = await signBundle(await bundle.body(), 'bundle.zip', portal.filing.key)
  await page
    .getByLabel('The signed bundle')
    .setInputFiles({ name: 'bundle.zip', mimeType: 'application/zip', buffer: Buffer.from(signed) })
  await page.getByText('Uploaded: bundle.zip').waitFor()
  await tabTo(
    'I confirm that the materials are true, complete, accurate and valid; filing declares in the name of my organisation.',
  )
  await page.keyboard.press('Space')
  await tabTo('File the declaration')
  await page.keyboard.press('Enter')
  const receipt = page.getByRole('region', { name: 'Receipt (round 1)' })
  await receipt.waitFor()
  const caseNo = await receipt.getByRole('link', { name: /^TG-/ }).innerText()
  await onlooker.page.goto(`/preparations/${no}?section=submission`)
  await onlooker.page.getByRole('region', { name: '回执（第 1 轮）' }).getByText(caseNo).waitFor()
  await seeBoth(page, onlooker.page, `/preparations/${no}?section=submission`, 'submission', '.notice-good')
  await tabTo(caseNo)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: `Case ${caseNo}` }).waitFor()
  expect([...complaints, ...onlooker.complaints]).toEqual([])
}, 120_000)

/** The hospital's example as a declaration in preparation, its days moved to the portal's. */
async function anExampleInPreparation(page: Page): Promise<string> {
  const post = async (path: string, data: object, more: Readonly<Record<string, string>> = {}) => {
    const headers = { origin: portal.address, 'idempotency-key': `browser-${path.length}-${Date.now()}`, ...more }
    const answer = await page.request.post(path, { data, headers })
    expect(answer.ok()).toBe(true)
    return (await answer.json()) as { readonly preparation: string }
  }
  const { preparation } = await post('/v1/preparations', { example: 'hospital-amsterdam' })
  const changes = [
    ['compliance.from', '2024-11-23'],
    ['compliance.to', '2026-11-22'],
    ['selfAssessment.from', '2026-09-28'],
    ['selfAssessment.to', '2026-11-06'],
  ].map(([path, value]) => ({ kind: 'set', path, value }))
  await post(`/v1/preparations/${preparation}/revisions`, { changes }, { 'if-match': '"1"' })
  return preparation
}

/** The same page in both languages, wide and narrow: nothing serious for axe (once: the two differ in words alone), nothing wider than the screen; kept as pictures. */
async function seeBoth(english: Page, chinese: Page, at: string, name: string, there: string): Promise<void> {
  for (const [page, tongue] of [
    [chinese, 'zh-CN'],
    [english, 'en-US'],
  ] as const) {
    await page.goto(at)
    await page.locator(there).first().waitFor()
    if (page === chinese) expect(await findings(page)).toEqual([])
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 860 })
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
      await page.screenshot({ path: join(pictures, `preparation-${name}-${tongue}-${width}.png`), fullPage: true })
    }
    await page.setViewportSize({ width: 1360, height: 860 })
  }
}

test('what somebody else does is seen at once', async () => {
  const no = filedCase(4)
  const reader = await visitNext({ as: 'handlerOfficer', at: `/cases/${no}` })
  await reader.page.getByRole('heading', { level: 1, name: `案件 ${no}` }).waitFor()
  const desk = await visitNext({ as: 'deskOfficer', at: `/cases/${no}` })
  await desk.page.getByRole('button', { name: confirm.act }).click()
  await desk.page.getByRole('button', { name: confirm.button }).click()
  await confirmed(desk.page)
  await reader.page.getByText('案件刚有新的进展，页面已更新。').waitFor()
  expect(await reader.page.locator('.timeline > li').count()).toBe(2)
  expect(reader.complaints).toEqual([])
})

test('the connection is lost for some seconds: a banner, nothing lost, and the step is done once', async () => {
  const no = filedCase(5)
  const { page, context, complaints } = await visit({ as: 'deskOfficer', at: `/cases/${no}`, expecting: ['offline'] })
  await page.getByRole('button', { name: confirm.act }).click()
  await context.setOffline(true)
  await page.getByRole('button', { name: confirm.button }).click()
  await page.getByRole('dialog').getByText('连接已中断').waitFor()
  await page.waitForTimeout(2500)
  await context.setOffline(false)
  await confirmed(page)
  expect(await page.getByText('连接已中断').count()).toBe(0)
  expect(await timesConfirmed(page, no)).toBe(1)
  expect(complaints).toEqual([])
})

test('an assessor takes a case from receipt to a drafted result', async () => {
  const no = filedCase(6)
  const desk = await visitNext({ as: 'deskOfficer', at: `/cases/${no}` })
  await desk.page.getByRole('button', { name: confirm.act }).click()
  await desk.page.getByRole('button', { name: confirm.button }).click()
  await confirmed(desk.page)
  const { page, complaints } = await visit({ as: 'assessor', at: `/cases/${no}`, tongue: 'en-US' })
  const dialog = page.getByRole('dialog')
  const take = async (act: string, fill: () => Promise<void> = async () => {}) => {
    await page.getByRole('button', { name: act, exact: true }).click()
    await fill()
    const check = dialog.getByRole('button', { name: 'Next: check it' })
    if (await check.isVisible()) await check.click()
    await dialog.getByRole('button', { name: `Confirm: ${act}` }).click()
    await page.getByText(`Done: ${act}`).waitFor()
  }
  await take('Receive at the national office')
  await take('Accept', () => dialog.getByLabel('Acceptance number').fill('SIM-1'))
  await take('Start the assessment', () => dialog.getByLabel('Departments and bodies').fill('One body\nAnother body'))
  await page.getByText('Taking part: One body, Another body').waitFor()
  await take('Draft the result', async () => {
    await dialog.getByLabel('Result number').fill('SIM-R-1')
    await dialog.getByRole('checkbox').first().uncheck()
    await dialog.getByRole('textbox', { name: /^Why .* does not pass$/ }).fill('Not needed for the purpose')
  })
  await page.getByText(/waits for another person to issue it/).waitFor()
  // Whoever drafted it cannot issue it.
  expect(await page.getByRole('button', { name: 'Issue the result' }).count()).toBe(0)
  expect(complaints).toEqual([])
})

test('a supervisor of the office assigns a case for a reason, writes down an absence, and takes no case', async () => {
  const no = filedCase(8)
  const { page, complaints } = await visit({ as: 'deskSupervisor', at: '/desk' })
  const officer = page.getByRole('combobox', { name: `${no} 的承办人` })
  await officer.selectOption({ label: '查验岗（模拟）' })
  const dialog = page.getByRole('dialog', { name: `${no} 改派：查验岗（模拟）` })
  // Not without a reason: the browser keeps the form.
  await dialog.getByRole('button', { name: '改派' }).click()
  await dialog.getByLabel('改派的理由').fill('原承办人调离')
  await dialog.getByRole('button', { name: '改派' }).click()
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => officer.locator('option:checked').innerText()).toBe('查验岗（模拟）')
  expect(await page.getByRole('button', { name: '领取下一件' }).count()).toBe(0)
  const absence = page.getByRole('form', { name: '登记人员缺勤' })
  await absence.getByLabel('承办人').selectOption({ label: '查验岗（模拟）' })
  await absence.getByLabel('末日').fill('2026-11-24')
  await absence.getByRole('button', { name: '登记缺勤' }).click()
  await page.getByText('已登记：2026年11月23日（周一） 至 2026年11月24日（周二）。').waitFor()
  await page.getByText('查验岗（模拟）（不在岗）: 1 件').waitFor()
  expect(complaints).toEqual([])
})

test('a handler registers what a person asks, and the page shows the hash’s place in the log and no identifier', async () => {
  const { page, complaints } = await visitNext({ as: 'handlerOfficer', at: '/individuals', tongue: 'en-US' })
  const form = page.getByRole('form', { name: 'Register a request' })
  await form.getByRole('button', { name: 'Register' }).click()
  await form.getByText('Fill in at least one column').waitFor()
  await form.getByLabel('What is asked').selectOption('deletion')
  await form.getByLabel('Column 1').fill('手机号')
  await form.getByLabel('Identifier 1').fill('13800131002')
  await form.getByRole('button', { name: 'Register' }).click()
  await page.getByText('The person stays out of the next batches').waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Proof' }).click()
  await page.getByText('request registered').waitFor()
  expect(await page.locator('main').innerText()).not.toContain('13800131002')
  // Out of the next batch, and handed to the recipient: what comes back is downloaded, and gone with the page.
  const download = async (name: string) => {
    const [got] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).first().click()])
    return readFileSync(await got.path(), 'utf8')
  }
  const buffer = Buffer.from('手机号,结果\n13800131002,好\n13800131003,好\n')
  await page.getByLabel('The files of the batch').setInputFiles({ name: 'visits.csv', mimeType: 'text/csv', buffer })
  await page.getByRole('button', { name: 'Take out and give back' }).click()
  await page.getByText('1 rows taken out').waitFor({ timeout: 60_000 })
  expect(await download('visits.csv')).toBe('手机号,结果\n13800131003,好\n')
  await page.getByText('Notify a recipient').click()
  const notice = page.getByRole('form', { name: 'Notify a recipient' })
  await notice.getByLabel('Recipient').fill('AMC')
  await notice.getByLabel('Column 1').fill('手机号')
  await notice.getByLabel('Identifier 1').fill('13800131002')
  await notice.getByRole('button', { name: 'Sign the notice' }).click()
  await page.getByText('AMC notified on').waitFor({ timeout: 60_000 })
  expect(await download('notice.json')).not.toContain('13800131002')
  await page.screenshot({ path: join(pictures, 'individuals-registered-en-US.png'), fullPage: true })
  expect(complaints).toEqual([])
}, 120_000)
