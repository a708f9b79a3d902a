declare const brand: unique symbol
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }

/** A calendar day in China, as statutes count them: `2026-11-23`. Not an instant; has no time zone. */
export type LegalDate = Brand<string, 'LegalDate'>

/** Makes a day of the law from text. Throws RangeError for a day that does not exist. */
export function legalDate(text: string): LegalDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !isDay(text)) {
    throw new RangeError(`"${text}" is not a day; write it as YYYY-MM-DD, for example 2026-11-23`)
  }
  return text as LegalDate
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
