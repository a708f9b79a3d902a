// The enquiry desk in a browser: a phone note by keyboard alone, answers held against each other, figures from them.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { someFacts } from '../../enquiries/makers.ts'
import { root } from '../../scripts/start.mjs'
import { closeBrowser, visit, visitNext } from './visit.ts'

const pictures = join(root, '.tongguan', 'screenshots')
mkdirSync(pictures, { recursive: true })

afterAll(closeBrowser)

/** What the page's own session posts to the API. */
async function post(page: Page, path: string, body: object, sequence?: number): Promise<{ readonly no: string }> {
  return page.evaluate(
    async ([to, text, seen]) => {
      const key = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16)).join('-')
      const answer = await fetch(to, {
        method: 'POST',
        body: text,
        headers: {
          'content-type': 'application/json',
          'idempotency-key': key,
          ...(seen === null ? {} : { 'if-match': `"${String(seen)}"` }),
        },
      })
      if (!answer.ok) throw new Error(await answer.text())
      return (await answer.json()) as { no: string }
    },
    [path, JSON.stringify(body), sequence ?? null] as const,
  )
}

const cites = [{ instrument: 'provisions-2024', article: 7 }]
const question = '我院向荷兰大学提供一万二千名患者的诊断数据，是否需要申报安全评估'

test('a phone note is taken by keyboard alone, with similar answers beside, and is found again', async () => {
  const { page, complaints } = await visitNext({ as: 'deskOfficer', at: '/enquiries' })
  await page.locator('textarea[name=question]').waitFor()
  await post(page, '/v1/enquiries', {
    channel: 'phone',
    question,
    topic: 'which-path',
    facts: someFacts(),
    answer: { text: '应当申报数据出境安全评估。', citations: cites },
  })
  // From the heading the first field is a few tabs away; nothing else is touched than the keyboard.
  await page.locator('h1').focus()
  await page.keyboard.press('Tab')
  expect(await page.evaluate("document.activeElement.getAttribute('name')")).toBe('question')
  await page.keyboard.insertText('医院把患者诊断数据提供给大学要申报吗')
  await page.locator('.similar').getByText(question).waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  expect(await page.evaluate("document.activeElement.getAttribute('name')")).toBe('topic')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  // The articles of the topic are ticked without being looked for.
  await page.getByLabel('《促进和规范数据跨境流动规定》第七条').isChecked()
  await page.keyboard.press('Tab')
  await page.keyboard.insertText('示例医院')
  await page.screenshot({ path: join(pictures, 'enquiry-note-zh-CN.png'), fullPage: true })
  await page.keyboard.press('Control+Enter')
  const saved = page.getByRole('status').getByText('已保存为 ZX-')
  await saved.waitFor()
  // Ready for the next call: the field is empty and has the focus.
  await expect.poll(() => page.evaluate("document.activeElement.getAttribute('name')")).toBe('question')
  expect(await page.locator('textarea[name=question]').inputValue()).toBe('')
  const row = page.locator('tbody tr', { hasText: '医院把患者诊断数据提供给大学要申报吗' })
  await row.getByText('适用哪条路径').waitFor()
  await row.getByText('示例医院').waitFor()
  expect(complaints).toEqual([])
})

test('a wrong credit code is said in words and what was typed stays', async () => {
  const { page } = await visit({ as: 'deskOfficer', at: '/enquiries', expecting: [422] })
  await page.locator('textarea[name=question]').fill('问题')
  await page.locator('input[name=creditCode]').first().fill('121000004000000001')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('alert').getByText('末位为校验码').waitFor()
  expect(await page.locator('textarea[name=question]').inputValue()).toBe('问题')
})

test('two officers who told the same facts differently see it, and a draft is approved by the other', async () => {
  const one = await visitNext({ as: 'deskOfficer', at: '/enquiries' })
  const two = await visit({ as: 'secondDeskOfficer', at: '/enquiries' })
  const asked = { channel: 'phone', question, topic: 'which-path', facts: someFacts(13_000) } as const
  const say = (position: string) => ({ text: '答复', citations: cites, position })
  await post(one.page, '/v1/enquiries', { ...asked, answer: say('assessment') })
  const { no } = await post(two.page, '/v1/enquiries', { ...asked, answer: say('exempt') })
  await two.page.goto(`/enquiries/${no}`)
  await two.page.getByText('其他人员对同一问题的答复不一致').waitFor()
  await two.page.screenshot({ path: join(pictures, 'enquiry-zh-CN.png'), fullPage: true })
  const draft = await post(one.page, '/v1/interpretations', {
    kind: 'answer',
    topic: 'which-path',
    question: { zh: '医院向境外大学提供患者数据', en: 'A hospital gives patients’ data to a university abroad' },
    answer: { zh: '满一万人敏感个人信息的，应当申报。', en: 'From 10,000 persons with sensitive items: declare.' },
    citations: cites,
  })
  await one.page.goto(`/interpretations/${draft.no}`)
  await one.page.getByText('您是拟稿人，须由另一人批准').waitFor()
  await two.page.goto(`/interpretations/${draft.no}`)
  await two.page.getByRole('button', { name: '批准并发布' }).click()
  await two.page.getByRole('heading', { name: /第 1 版/ }).waitFor()
  expect([...one.complaints, ...two.complaints]).toEqual([])
})

test('the programme and the figures show what was recorded, and the files are there', async () => {
  const { page, complaints } = await visit({ as: 'deskOfficer', at: '/programme', tongue: 'en-US' })
  await page.getByRole('heading', { name: 'Policy briefings' }).waitFor()
  const institution = await post(page, '/v1/institutions', { name: '示例航空', keyArea: 'civil-aviation' })
  await post(page, `/v1/institutions/${institution.no}/stage`, { stage: 'invited', on: '2026-11-02' }, 1)
  await post(
    page,
    `/v1/institutions/${institution.no}/meeting`,
    {
      heldOn: '2026-11-10',
      attended: '法务、数据部门',
      summary: '说明路径',
      next: { action: '补充自评估', on: '2026-11-20' },
    },
    2,
  )
  for (let n = 0; n < 9; n += 1) {
    await post(page, '/v1/enquiries', {
      channel: n < 7 ? 'phone' : 'email',
      question: `${question} ${n}`,
      topic: n < 6 ? 'which-path' : 'materials',
    })
  }
  await page.reload()
  await page.getByText('补充自评估').waitFor()
  await page.getByText('overdue').waitFor()
  await page.screenshot({ path: join(pictures, 'programme-filled-en-US.png'), fullPage: true })
  await page.goto('/figures')
  await page.locator('svg.bars').first().waitFor()
  await page.getByText('hidden').first().waitFor()
  await page.screenshot({ path: join(pictures, 'figures-filled-en-US.png'), fullPage: true })
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download .xlsx' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^figures-.*\.xlsx$/)
  expect(complaints).toEqual([])
})
