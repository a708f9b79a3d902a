import { strFromU8, strToU8, zipSync } from 'fflate'
import type { Zippable } from 'fflate'
import type { LegalDate } from '@tongguan/law'
import { answersIn, printable } from './blocks.ts'
import type { Dossier } from './compose.ts'
import { DossierInputError } from './errors.ts'
import { openWord } from './office-file.ts'
import { repeatRows, rowValues } from './template-rows.ts'
import { escape } from './word.ts'

/** The papers an office may have a file of its own for, by the name the handler gives that file. */
export const templateKinds = [
  'declaration-form',
  'self-assessment-report',
  'power-of-attorney-form',
  'extension-application',
] as const

export type TemplateKind = (typeof templateKinds)[number]

/**
 * Fills an official file: each content control whose tag is the path of an answer, and each `{{path}}` in its text, gets
 * the answer; a table row whose fields have `*` for an index repeats (`template-rows.ts`). Nothing else of the file is
 * touched, so that the office finds its own layout. The file given stays as it is.
 *
 * @throws DossierInputError for macros, external parts or entities, and for a field that no answer has.
 */
export async function fillTemplate(template: Uint8Array, what: string, dossier: Dossier): Promise<Uint8Array> {
  const parts = await openWord(template, what)
  const printed = dossier.papers.flatMap(({ sheet }) => [...answersIn(sheet)])
  const answers = new Map([...rowValues(dossier), ...printed.filter(([key]) => !repeatsItem(key, dossier))])
  const unknown = new Set<string>()
  const value = (key: string): string | undefined => {
    const text = answers.get(key)
    if (text === undefined) unknown.add(key)
    return text === undefined ? undefined : xmlText(text)
  }
  const filled: Zippable = {}
  for (const [name, part] of parts) {
    const isText = /^word\/(document|header\d*|footer\d*)\.xml$/.test(name)
    const bytes = isText ? strToU8(fill(repeatRows(wholeFields(strFromU8(part)), answers), value)) : part
    filled[name] = [bytes, { mtime: midnight(dossier.filedOn) }]
  }
  if (0 < unknown.size) {
    const keys = [...unknown].join(', ')
    throw new DossierInputError('template.no-such-field', {
      zh: `模板 ${what} 中的字段 ${keys} 没有对应的答案。请更正模板中的标记；没有写出任何文件。`,
      en: `The template ${what} asks for ${keys}, which no answer has. Correct its tags; nothing was written.`,
    })
  }
  return zipSync(filled)
}

/** An answer on a further column of an item: an official file lists an item once, as the Guide asks. */
function repeatsItem(key: string, { scenarios }: Dossier): boolean {
  const [, scenario, column] = /^scenarios\.(\d+)\.items\.(\d+)\./.exec(key) ?? []
  return column !== undefined && !scenarios[Number(scenario)]?.items.some(({ index }) => index === Number(column))
}

/** Fields that an editor cut into several runs, each put whole into the run it begins in. */
function wholeFields(xml: string): string {
  return xml.replaceAll(/<w:p[ >](?:(?!<w:p[ >]).)*?<\/w:p>/gs, (paragraph) => {
    const texts = [...paragraph.matchAll(runText)].map(([, text = '']) => text)
    if (!texts.some((text) => text.includes('{')) || !texts.join('').includes('{{')) return paragraph
    for (const field of texts.join('').matchAll(/\{\{[^{}]*\}\}/g)) joinAt(texts, field.index, field[0].length)
    let run = 0
    return paragraph.replaceAll(runText, () => `<w:t xml:space="preserve">${texts[run++] ?? ''}</w:t>`)
  })
}

const runText = /<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g

/** Moves `length` characters from `start` on, counted over all texts, into the text they begin in. */
function joinAt(texts: string[], start: number, length: number): void {
  let before = 0
  let first = 0
  while (first < texts.length && before + (texts[first]?.length ?? 0) <= start) before += texts[first++]?.length ?? 0
  let wanting = start + length - before - (texts[first]?.length ?? 0)
  for (let next = first + 1; 0 < wanting && next < texts.length; next += 1) {
    const text = texts[next] ?? ''
    texts[first] += text.slice(0, wanting)
    texts[next] = text.slice(wanting)
    wanting -= text.length
  }
}

function fill(xml: string, value: (key: string) => string | undefined): string {
  const controls = xml.replaceAll(/<w:sdt>(?:(?!<w:sdt>).)*?<\/w:sdt>/gs, (control) => {
    const key = /<w:tag w:val="([^"]+)"/.exec(control)?.[1]
    // Controls without a tag, or tagged by the office for itself, stay as they are.
    if (key === undefined || !/^[a-zA-Z]+(\.[\w*]+)*$/.test(key)) return control
    const text = value(key)
    if (text === undefined) return control
    let first = true
    return control.replaceAll(/<w:t(?: [^>]*)?>[^<]*<\/w:t>/g, () => {
      const now = first ? text : ''
      first = false
      return `<w:t xml:space="preserve">${now}</w:t>`
    })
  })
  return controls.replaceAll(/\{\{\s*([\w.*#]+)\s*\}\}/g, (whole, key: string) => value(key) ?? whole)
}

// A line break inside a text run; the run's own look goes on after it.
const xmlText = (text: string) =>
  escape(printable(text)).replaceAll(/\r\n|\r|\n/g, '</w:t><w:br/><w:t xml:space="preserve">')

function midnight(day: LegalDate): Date {
  const [year = 1980, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date)
}
