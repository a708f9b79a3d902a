import { plainText } from '../plain-text.ts'

/*
 * Text somebody wrote: what has a form is found by it, what has none (names) by the row's own other columns. It finds what
 * it knows and no more; the re-scan of the output, and a reviewer, look behind it.
 */

const spans: readonly (readonly [tag: string, pattern: RegExp])[] = [
  ['E-MAIL', /[\w.%+-]+@[\w-]+(?:\.[\w-]+)+/gu],
  ['ID', /(?<!\d)\d{17}[\dXx](?![\dXx])/gu],
  ['NUMBER', /(?<!\d)\d{12,}(?!\d)/gu],
  ['PHONE', /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)/gu],
  ['PHONE', /(?<!\d)(?:\(0\d{2,3}\)|0\d{2,3}-?)\d{7,8}(?!\d)/gu],
  ['PASSPORT', /(?<![A-Za-z0-9])[EGDSPHM][A-Z]?\d{7,8}(?!\d)/gu],
  ['IP', /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/gu],
  ['PLATE', /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][A-Z0-9]{5,6}(?![A-Z0-9])/gu],
]

/** A text with `[ID]`, `[PHONE]` … in place of what it named; full-width characters and marks without width are gone. */
export function replaceSpans(text: string, ownValues: readonly string[]): string {
  let plain = plainText(text)
  const own = ownValues.map(plainText).filter((value) => [...value].length >= 2)
  for (const value of own.sort((left, right) => right.length - left.length)) plain = plain.replaceAll(value, '[OWN]')
  return spans.reduce((rest, [tag, pattern]) => rest.replaceAll(pattern, `[${tag}]`), plain)
}
