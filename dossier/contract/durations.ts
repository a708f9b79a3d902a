/** Periods named in a text (五年, 5年, 六个月, 5 years, five years), in months; days of the calendar are none. */
export function durationsIn(text: string): readonly { readonly words: string; readonly months: number }[] {
  return [...text.matchAll(chinese), ...text.matchAll(english)].map(({ 0: words, groups }) => {
    const amount = amountOf(groups?.['amount'] ?? '')
    const isYear = /年|year/i.test(groups?.['unit'] ?? '')
    return { words, months: isYear ? amount * 12 : amount }
  })
}

// Three digits and more before 年 are a year of the calendar; 月 without 个 is a month of it.
const chinese =
  /(?<![\d一二三四五六七八九十〇])(?<amount>\d{1,2}|[一二两三四五六七八九十]{1,3})\s*(?<unit>年|个月)(?!\s*\d)/g
const english =
  /\b(?<amount>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)[\s-]+(?:\(\d+\)\s*)?(?<unit>year|month)s?\b/gi

const digits = '零一二三四五六七八九'
const englishNumbers = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

function amountOf(written: string): number {
  if (/^\d+$/.test(written)) return Number(written)
  const inEnglish = englishNumbers.indexOf(written.toLowerCase())
  if (0 <= inEnglish) return inEnglish
  const [tens, ones] = written.replace('两', '二').split('十')
  if (ones === undefined) return digits.indexOf(tens ?? '')
  return 10 * (tens ? digits.indexOf(tens) : 1) + (ones ? digits.indexOf(ones) : 0)
}

/** Days written out in a sentence, as Chinese documents do: 2028年12月31日. */
export const daysIn = (text: string): readonly string[] => text.match(/\d{4}年\d{1,2}月\d{1,2}日/g) ?? []
