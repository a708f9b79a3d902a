/** A list of data items in a text: a contract's annex, an approval's scope. */
export interface ItemList {
  /** Of the names asked for, those that stand in the text as entries of a list. */
  readonly listed: readonly string[]
  readonly absent: readonly string[]
  /** It names more of them than it lacks, so that one it lacks is left out and not merely unsaid. */
  readonly enumerates: boolean
  /** Of the names that are not to be in it, those that stand in a line beside others of the list, or as a cell of its own inside it. */
  readonly strays: readonly string[]
}

/**
 * Looks for item names as entries of a list (between commas, as a line or as a cell of a table), because a short name such
 * as 结果 also stands inside sentences. `also` are names by another spelling, e.g. their English.
 */
export function itemsListedIn(
  lines: readonly string[],
  names: readonly string[],
  others: readonly string[],
  also: (name: string) => string | undefined = () => undefined,
): ItemList {
  const entries = lines.map(entriesOf)
  const known = new Set(entries.flatMap((line) => [...line]))
  const spellings = (name: string) => [name, also(name)].flatMap((one) => (one === undefined ? [] : [squeezed(one)]))
  const wanted = new Set(names)
  const [listed, absent] = [[...wanted].filter(stands), [...wanted].filter((name) => !stands(name))]
  const enumerates = 0 < listed.length && absent.length < listed.length
  const own = new Set(listed.flatMap(spellings))
  const holding = entries.flatMap((line, index) => ([...line].some((entry) => own.has(entry)) ? [index] : []))
  const [first, last] = [holding[0] ?? 0, holding.at(-1) ?? -1]
  const beside = (index: number) => holding.includes(index) || entries[index]?.size === 1
  const strays = [...new Set(others)].filter(
    (name) =>
      !wanted.has(name) &&
      entries.some(
        (line, index) =>
          first <= index && index <= last && beside(index) && spellings(name).some((one) => line.has(one)),
      ),
  )
  return { listed, absent, enumerates, strays: enumerates ? strays : [] }

  function stands(name: string): boolean {
    return spellings(name).some((one) => known.has(one))
  }
}

/** Without white space and in small letters, as texts are compared that were typed twice. */
export const squeezed = (text: string): string => text.replaceAll(/\s/g, '').toLowerCase()

const separators = /[、，,；;：:。|/（）()【】[\]“”"\t\n]/
const joints = /\s+(?:and|or)\s+|[和与及或]/

/** The entries of a line: cut at separators, once more at "and", and where the line is Chinese at spaces, as rows of tables come. */
function entriesOf(line: string): ReadonlySet<string> {
  const parts = line.split(separators)
  const finer = [...parts, ...parts.flatMap((part) => part.split(joints))]
  const cells = finer.flatMap((part) => (/\p{Script=Han}/u.test(part) ? [part, ...part.split(/\s+/)] : [part]))
  return new Set(cells.map(entryOf).filter((entry) => entry !== ''))
}

/** Without the number before it and the full stop after it. */
const entryOf = (text: string): string =>
  squeezed(
    text
      .trim()
      .replace(/^\d+\s*[.、)）]\s*|^\d+\s+/, '')
      .replace(/\.$/, ''),
  )
