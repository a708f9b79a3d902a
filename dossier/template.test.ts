import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { compose } from './compose.ts'
import { aCase, anItem, aScenario, someAnswers } from './makers.ts'
import { readWord } from './office-file.ts'
import { fillTemplate } from './template.ts'

const officialFile = (body: string, more: Readonly<Record<string, string>> = {}) =>
  zipSync(
    Object.fromEntries(
      Object.entries({
        '[Content_Types].xml': '<Types/>',
        'word/document.xml': `<w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`,
        'word/styles.xml': '<w:styles xmlns:w="w">official</w:styles>',
        ...more,
      }).map(([name, text]) => [name, strToU8(text)]),
    ),
  )

const control = (tag: string) =>
  `<w:p><w:sdt><w:sdtPr><w:tag w:val="${tag}"/></w:sdtPr><w:sdtContent><w:r><w:t>请填写</w:t></w:r><w:r><w:t>此处</w:t></w:r></w:sdtContent></w:sdt></w:p>`

test('controls and placeholders of an official file are filled; nothing else of it changes', async () => {
  const template = officialFile(
    `${control('handler.name')}<w:p><w:r><w:t>代码：{{handler.creditCode}}</w:t></w:r></w:p>${control('12')}`,
  )
  const before = Uint8Array.from(template)
  const filled = await fillTemplate(template, 'form.docx', compose(aCase()))
  expect(template).toEqual(before)
  expect((await readWord(filled, 'form.docx')).paragraphs.map(({ text }) => text)).toEqual([
    '示例单位（模拟）',
    '代码：12110000EXAMP1E097',
    '请填写此处',
  ])
  const [was, is] = [unzipSync(template), unzipSync(filled)]
  expect(Object.keys(is)).toEqual(Object.keys(was))
  expect(strFromU8(is['word/styles.xml'] ?? new Uint8Array())).toContain('official')
})

test('the same file and answers give the same bytes', async () => {
  const template = officialFile(control('handler.name'))
  const [a, b] = [
    await fillTemplate(template, 'f', compose(aCase())),
    await fillTemplate(template, 'f', compose(aCase())),
  ]
  expect(Buffer.from(a).equals(Buffer.from(b))).toBe(true)
})

test('a field that no answer has, and macros, are refused', async () => {
  const wrong = fillTemplate(
    officialFile('<w:p><w:r><w:t>{{handler.nmae}}</w:t></w:r></w:p>'),
    'form.docx',
    compose(aCase()),
  )
  await expect(wrong).rejects.toMatchObject({
    code: 'template.no-such-field',
    message: expect.stringContaining('handler.nmae') as string,
  })
  const macros = fillTemplate(officialFile('', { 'word/vbaProject.bin': 'x' }), 'form.docx', compose(aCase()))
  await expect(macros).rejects.toMatchObject({ code: 'office.macros' })
})

const cell = (text: string) => `<w:tc><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:tc>`
const row = (...cells: readonly string[]) => `<w:tr>${cells.join('')}</w:tr>`

test('a row with stars repeats, one for each item of each scenario, numbered; the rows around it stay', async () => {
  const tagged = `<w:tc><w:sdt><w:sdtPr><w:tag w:val="scenarios.*.items.*.description"/><w:id w:val="7"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>描述</w:t></w:r></w:p></w:sdtContent></w:sdt></w:tc>`
  const template = officialFile(
    `<w:tbl>${row(cell('序号'), cell('数据项'), cell('含义'))}${row(cell('{{#}}'), cell('{{scenarios.*.items.*.name}}（{{scenarios.*.name}}）'), tagged)}${row(cell('以上共{{scenarios.0.itemCount}}项'))}</w:tbl>`,
  )
  const second = aScenario({ id: 's2', name: '第二场景', items: [anItem('性别', '患者登记.csv')] })
  const dossier = compose(aCase({ answers: someAnswers({ scenarios: [aScenario(), second] }) }))
  const filled = await fillTemplate(template, 'form.docx', dossier)
  const { paragraphs, controls } = await readWord(filled, 'form.docx')
  const items = dossier.scenarios.flatMap(({ items: own, answers }) =>
    own.map((item) => ({ ...item, of: answers.name })),
  )
  expect(paragraphs.map(({ text }) => text)).toEqual([
    '序号',
    '数据项',
    '含义',
    ...items.flatMap(({ name, of, description }, index) => [String(index + 1), `${name}（${of}）`, description]),
    `以上共${dossier.scenarios[0]?.items.length}项`,
  ])
  // Each is read back under its own path, and an id stands once in a file.
  expect([...controls.keys()]).toContain('scenarios.1.items.0.description')
  const xml = strFromU8(unzipSync(filled)['word/document.xml'] ?? new Uint8Array())
  expect(xml.match(/<w:id w:val="7"\/>/g)).toHaveLength(1)
})

test('a field that Word cut into runs is filled; stars that lead nowhere are refused', async () => {
  const cut =
    '<w:p><w:r><w:t>代码：{</w:t></w:r><w:r><w:t>{handler.</w:t></w:r><w:r><w:t>creditCode}}。</w:t></w:r></w:p>'
  const filled = await fillTemplate(officialFile(cut), 'f', compose(aCase()))
  expect((await readWord(filled, 'f')).paragraphs[0]?.text).toBe('代码：12110000EXAMP1E097。')
  const nowhere = officialFile(`<w:tbl>${row(cell('{{scenarios.*.itmes.*.name}}'))}</w:tbl>`)
  await expect(fillTemplate(nowhere, 'f', compose(aCase()))).rejects.toMatchObject({ code: 'template.no-such-field' })
  const mixed = officialFile(`<w:tbl>${row(cell('{{scenarios.*.items.*.name}}{{scenarios.*.colour}}'))}</w:tbl>`)
  await expect(fillTemplate(mixed, 'f', compose(aCase()))).rejects.toMatchObject({ code: 'template.no-such-field' })
})
