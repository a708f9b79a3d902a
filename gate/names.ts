import { plainText } from './plain-text.ts'

/*
 * The name of a file or folder leaves with it and is no item of any permit. The scan counts persons that stand in names;
 * what has the form of a resident ID, mobile or passport number, or of an e-mail address, may not stand there at all.
 */

const forms = [
  /(?<!\d)\d{17}[\dXx](?!\d)/u,
  /(?<!\d)(?:86)?1[3-9]\d{9}(?!\d)/u,
  /(?<![A-Za-z0-9])(?:E[A-HJ-NP-Z]?|G)\d{7,8}(?!\d)/u,
  /[\w.%+-]+@[\w-]+(?:\.[\w-]+)+/u,
]

/** Whether a path holds what identifies a person by its form, however it is spelled. */
export function namesSomebody(path: string): boolean {
  const plain = plainText(path)
  const joined = plain.replaceAll(/(?<=\d)[ -](?=[\dXx])/g, '')
  return forms.some((form) => form.test(plain) || form.test(joined))
}
