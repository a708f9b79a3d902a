import { legalDate } from '@tongguan/law'
import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { compose } from './compose.ts'
import { writeDocuments } from './write.ts'
import type { WrittenFile } from './write.ts'
import { writeWord } from './word.ts'
import { aCase, anItem, aScenario, someAnswers } from './makers.ts'

const written = (inputs = aCase()) => writeDocuments(compose(inputs))

function partsOf(files: readonly WrittenFile[], kind: WrittenFile['kind']): Readonly<Record<string, string>> {
  const file = files.find((candidate) => candidate.kind === kind)
  if (!file) throw new Error(`no ${kind} was written`)
  return Object.fromEntries(Object.entries(unzipSync(file.bytes)).map(([name, bytes]) => [name, strFromU8(bytes)]))
}

const bodyOf = (files: readonly WrittenFile[], kind: WrittenFile['kind']) =>
  partsOf(files, kind)['word/document.xml'] ?? ''

let files: readonly WrittenFile[]
beforeAll(async () => {
  files = await written()
})

test('every paper is written in Chinese and English, as .docx and as PDF', () => {
  expect(files.filter(({ filed }) => filed).map(({ fileName }) => fileName)).toEqual([
    '申报材料封面与目录.docx',
    '数据出境安全评估申报表.docx',
    '数据出境风险自评估报告.docx',
    '数据项明细表.docx',
    '完备性清单.docx',
    '内部会签单.docx',
    '个人信息出境告知书（场景1）.docx',
    '个人信息出境单独同意书（场景1）.docx',
    '统一社会信用代码证件影印件（模拟件）.docx',
    '法定代表人身份证件影印件（模拟件）.docx',
    '经办人身份证件影印件（模拟件）.docx',
    '经办人授权委托书（模拟件）.docx',
    '与境外接收方拟订立的法律文件（模拟件）.docx',
  ])
  expect(files).toHaveLength(4 * 13)
  expect(files.map(({ fileName }) => fileName)).toContain('english-reading-copies/Declaration form.pdf')
})

test('a real declaration gets no stand-ins, a power of attorney to sign, and does not say simulated', async () => {
  const real = await written(aCase({ answers: someAnswers({ simulated: false }) }))
  expect(real.filter(({ filed }) => filed).map(({ kind }) => kind)).toEqual([
    'cover-index',
    'declaration-form',
    'self-assessment-report',
    'data-items',
    'completeness-list',
    'power-of-attorney-form',
    'approval-sheet',
    'export-notice',
    'separate-consent',
  ])
  expect(Object.values(partsOf(real, 'declaration-form')).join('')).not.toContain('模拟，无法律效力')
})

test('the same dossier gives the same bytes at another time of day', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2031-07-08T09:10:11Z') })
  try {
    const again = await written()
    expect(again.map(({ sha256 }) => sha256)).toEqual(files.map(({ sha256 }) => sha256))
    expect(again.every(({ bytes }, index) => Buffer.from(bytes).equals(files[index]?.bytes ?? new Uint8Array()))).toBe(
      true,
    )
  } finally {
    vi.useRealTimers()
  }
})

describe.for(['declaration-form', 'self-assessment-report', 'completeness-list', 'legal-document'] as const)(
  '%s',
  (kind) => {
    test('every part is well-formed XML', () => {
      for (const [name, text] of Object.entries(partsOf(files, kind)))
        expect([name, unbalanced(text)]).toEqual([name, []])
    })

    test('every page says that it is not the official template and has no legal effect', () => {
      const headers = Object.entries(partsOf(files, kind)).filter(([name]) => name.startsWith('word/header'))
      expect(headers).toHaveLength(1)
      expect(headers[0]?.[1]).toContain('非主管部门官方模板')
      expect(headers[0]?.[1]).toContain('模拟，无法律效力')
      expect(bodyOf(files, kind)).toContain('<w:headerReference')
    })

    test('A4, margins of 2.54 and 3.18 cm', () => {
      expect(bodyOf(files, kind)).toMatch(/<w:pgSz w:w="11906" w:h="16838"/)
      expect(bodyOf(files, kind)).toMatch(/<w:pgMar w:top="1440" w:right="1803" w:bottom="1440" w:left="1803"/)
    })

    test('Chinese in 仿宋_GB2312, digits in Times New Roman, 14 pt, two characters in', () => {
      const body = bodyOf(files, kind)
      expect(body).toMatch(/<w:rFonts w:ascii="Times New Roman"[^>]*w:eastAsia="仿宋_GB2312"/)
      expect(body).toContain('<w:sz w:val="28"/>')
      expect(body).toContain('w:firstLineChars="200"')
      expect(body).not.toMatch(/<w:rFonts(?![^>]*w:eastAsia)/)
    })
  },
)

test('the form is set at 16 pt and the report at 26 pt, exactly', () => {
  expect(bodyOf(files, 'declaration-form')).toMatch(/<w:spacing [^>]*w:line="320"[^>]*w:lineRule="exact"/)
  expect(bodyOf(files, 'declaration-form')).not.toContain('w:line="520"')
  expect(bodyOf(files, 'self-assessment-report')).toMatch(/<w:spacing [^>]*w:line="520"[^>]*w:lineRule="exact"/)
})

test('headings of the report are 黑体, 楷体 and 仿宋', () => {
  const body = bodyOf(files, 'self-assessment-report')
  for (const [style, font] of [
    ['Heading1', '黑体'],
    ['Heading2', '楷体'],
    ['Heading3', '仿宋_GB2312'],
  ]) {
    expect(body).toMatch(new RegExp(`<w:pStyle w:val="${style}"/>.{0,400}?w:eastAsia="${font}"`))
  }
})

test('the form answers every section of annex 3', () => {
  const body = bodyOf(files, 'declaration-form')
  for (const text of [
    '数据处理者情况',
    '法定代表人信息',
    '管理机构名称',
    '经办人信息',
    '遵守中国法律',
    '数据出境场景1',
    '承诺',
  ]) {
    expect(body).toContain(text)
  }
  expect(body).toContain('本次拟出境12000人')
  expect(body).toContain('涉及敏感个人信息12000人')
  expect(body).toContain('Jan Voorbeeld')
})

test('the report lists every item, the bounds, the six clauses, the six matters and the articles', () => {
  const body = bodyOf(files, 'self-assessment-report')
  for (const name of ['入组编号', '性别', '结果']) expect(body).toContain(`>${name}<`)
  for (const count of ['11990人', '12000人', '11980人']) expect(body).toContain(count)
  for (const item of [1, 2, 3, 4, 5, 6]) {
    expect(body).toContain(`条款${item}内容`)
    expect(body).toContain(`分析${item}`)
    expect(body).toContain(`结论${item}`)
  }
  expect(body).toContain('《促进和规范数据跨境流动规定》第七条')
  expect(body).toContain('姓名') // kept in China
})

test('every one of many items is in the table', async () => {
  const items = Array.from({ length: 3 }, (_, index) =>
    anItem(['性别', '姓名', '入组编号'][index] ?? '', '患者登记.csv'),
  )
  const body = bodyOf(
    await written(aCase({ answers: someAnswers({ scenarios: [aScenario({ items })] }) })),
    'self-assessment-report',
  )
  for (const { column } of items) expect(body).toContain(`>${column}的描述<`)
})

test('each of the nine matters names its evidence, and what is no personal information says so once', async () => {
  const files = await written(aCase({ answers: someAnswers() }))
  const report = bodyOf(files, 'self-assessment-report')
  expect(report.match(/(?<!扫描)证据：/g)).toHaveLength(9)
  for (const body of [report, bodyOf(files, 'data-items')]) {
    expect(body).toContain('非个人信息')
    expect(body).not.toContain('非个人信息；非个人信息')
  }
})

test('angle brackets, ampersands and characters XML forbids do no harm', () => {
  const hostile = '<b>&amp; "甲" \u{20000}</w:t>\u0007\uFFFE\uD800'
  const dossier = compose(aCase({ answers: someAnswers({ conclusion: hostile }) }))
  const report = dossier.papers.find(({ kind }) => kind === 'self-assessment-report')
  const parts = report ? unzipSync(writeWord(report.sheet, dossier, 'zh')) : {}
  const body = strFromU8(parts['word/document.xml'] ?? new Uint8Array())
  expect(unbalanced(body)).toEqual([])
  expect(body).toContain('&lt;b&gt;&amp;amp;')
  for (const forbidden of ['\u0007', '\uFFFE']) expect(body).not.toContain(forbidden)
})

test('a character the PDF fonts have no glyph for stops the build and is named', async () => {
  const answers = someAnswers({ conclusion: '可以申报\u{20000}' })
  await expect(written(aCase({ answers }))).rejects.toMatchObject({
    code: 'pdf.missing-glyph',
    message: expect.stringContaining('U+20000') as string,
  })
})

test.for([
  ['2025-12-02', '在申报日之前三个月内完成'],
  ['2025-12-01', '不在申报日之前三个月内，须更新后再申报'],
] as const)('a self-assessment finished on %s: the report says %s', async ([to, sentence]) => {
  const selfAssessment = { ...someAnswers().selfAssessment, to: legalDate(to) }
  expect(
    bodyOf(await written(aCase({ answers: someAnswers({ selfAssessment }) })), 'self-assessment-report'),
  ).toContain(sentence)
})

test('a line break in an answer is one on paper', async () => {
  const answers = someAnswers({ conclusion: '第一行\n第二行' })
  const body = bodyOf(await written(aCase({ answers })), 'self-assessment-report')
  expect(body).toMatch(/第一行<.*?<w:br\/>.*?第二行/)
})

test('the list names what is missing and what does not fit', async () => {
  const documents = someAnswers().documents.filter(({ kind }) => kind !== 'agent-id')
  const answers = someAnswers({ documents, scenarios: [aScenario({ summary: '研'.repeat(101) })] })
  const body = bodyOf(await written(aCase({ answers })), 'completeness-list')
  expect(body).toContain('缺少')
  expect(body).toContain('尚缺或者不合格式的有2项')
  expect(body).toContain('场景research，出境场景简述：不合格式')
  expect(body).toContain('须人工核对')
  expect(body).toContain('超过申报表限定的 100 字')
})

test('the English copies count persons and name countries in English', () => {
  const english = files.filter(({ language, fileName }) => language === 'en' && fileName.endsWith('.docx'))
  const texts = english.map(({ bytes }) => strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array()))
  expect(texts.filter((text) => /\d\s*人|（[A-Z]{2}）/.test(text))).toEqual([])
  const form = texts.find((text) => text.includes('Export scenario 1')) ?? ''
  for (const words of ['2600 persons', 'Netherlands (NL)', 'public institution', 'resident identity card']) {
    expect(form).toContain(words)
  }
  expect(bodyOf(files, 'declaration-form')).toContain('（NL）')
})

test('an English copy prints no Chinese that is not marked, and gives the English the case folder has', async () => {
  const english = {
    'handler.name': 'Example Unit (simulated)',
    'scenarios.0.purpose': 'Joint statistics',
    入组编号: 'Enrolment number',
    入组编号的描述: 'What the enrolment number is',
  }
  const copies = (await written(aCase({ answers: someAnswers({ english }) }))).filter(
    ({ language }) => language === 'en',
  )
  const texts = copies
    .filter(({ fileName }) => fileName.endsWith('.docx'))
    .flatMap(({ bytes }) => Object.entries(unzipSync(bytes)))
    .filter(([name]) => /^word\/(?:document|header|footer)/.test(name))
    .flatMap(([, xml]) => [...strFromU8(xml).matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text = '']) => text))
  const chinese = texts.filter((text) => /\p{Script=Han}/u.test(text))
  expect(chinese.length).toBeGreaterThan(100)
  expect(chinese.filter((text) => /\p{Script=Han}/u.test(withoutMarked(text)))).toEqual([])
  expect(texts.filter((text) => /示例单位|联合统计|入组编号/.test(text))).toEqual([])
  const all = texts.join('\n')
  for (const words of [
    ...Object.values(english),
    '[in Chinese only] 张示例',
    'Example Unit (simulated) undertakes that',
    'public institution, Chinese-owned',
    'Declaration form.docx',
  ]) {
    expect(all).toContain(words)
  }
})

/** A text that is marked as a whole goes; in a sentence of ours, the marked word. */
const withoutMarked = (text: string) =>
  text.startsWith('[in Chinese only] ') ? '' : text.replaceAll(/\[in Chinese only\] \S+/g, '')

/** Tags that do not close in order; a small check of our own, enough for XML without CDATA. */
function unbalanced(xml: string): readonly string[] {
  const open: string[] = []
  for (const [, slash, name = '', selfClosing] of xml.matchAll(/<(\/?)([A-Za-z][\w:.-]*)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (selfClosing) continue
    if (!slash) open.push(name)
    else if (open.pop() !== name) return [`</${name}>`]
  }
  const rest = xml.replaceAll(/<[^<>]*>/g, '')
  return /[<>]|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)/.test(rest) ? ['stray markup'] : open
}
