import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { compose } from './compose.ts'
import { aCase } from './makers.ts'
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
