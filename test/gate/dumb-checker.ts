/*
 * The rules of a release once more, read from the law and the permit's text alone: no line of the gate, the scanner or
 * the law's folder is used here, and the reading is as plain as it can be. It says less than the gate (it knows three
 * kinds of identifiers, and no disguise but other spellings of a character and marks between them); what it does say
 * must hold for everything that left.
 */

export interface PermitText {
  readonly firstDay: string
  readonly lastDay: string
  readonly recipients: readonly { readonly name: string; readonly country: string }[]
  readonly items: readonly {
    readonly name: string
    readonly kind: string
    readonly category: string
    readonly treatment?: string
  }[]
  readonly ceiling: { readonly general: number; readonly sensitive: number }
  readonly anonymity?: { readonly k: number; readonly columns: readonly string[] }
}

/** What left: the files as they came and as they stand in the target, CSV by name. */
export interface LeftBatch {
  readonly day: string
  readonly recipient: { readonly name: string; readonly country: string }
  readonly came: Readonly<Record<string, string>>
  readonly left: Readonly<Record<string, string>>
}

/** What is wrong with the last of the batches, the others having left before it under the same permit. */
export function objections(permit: PermitText, batches: readonly LeftBatch[]): readonly string[] {
  const last = batches.at(-1)
  if (last === undefined) return []
  return [
    ...(permit.firstDay <= last.day && last.day <= permit.lastDay ? [] : [`day ${last.day}`]),
    ...(permit.recipients.some((one) => one.name === last.recipient.name && one.country === last.recipient.country)
      ? []
      : [`recipient ${last.recipient.name}, ${last.recipient.country}`]),
    ...(Object.keys(last.came).toSorted().join('\n') === Object.keys(last.left).toSorted().join('\n') ? [] : ['files']),
    ...Object.entries(last.left).flatMap(([file, text]) => [
      ...wrongItems(permit, tableOf(text)),
      ...untreated(permit, tableOf(last.came[file] ?? ''), tableOf(text)),
      ...tooFewAlike(permit, tableOf(text)),
    ]),
    ...tooManyPersons(permit, batches),
  ]
}

/** Distinct persons of everything that came; whoever had a sensitive item is sensitive and not general. */
export function personsOf(permit: PermitText, batches: readonly LeftBatch[]) {
  const groups = new Map<string, string>()
  const top = (name: string): string => {
    const above = groups.get(name) ?? name
    return above === name ? name : top(above)
  }
  const sensitive = new Set<string>()
  for (const [at, batch] of batches.entries()) {
    for (const [file, text] of Object.entries(batch.came)) {
      const { columns, rows } = tableOf(text)
      const heavyPlaces = columns.flatMap((name, place) => {
        const approved = permit.items.find((item) => item.name === name)?.category
        // A resident ID makes the column it stands in sensitive.
        const holdsIds = rows.some((row) => looksLike['national_id']?.(plain(row[place] ?? '')) === true)
        return approved === 'sensitive' || holdsIds ? [place] : []
      })
      for (const [line, row] of rows.entries()) {
        const marks = row.flatMap((cell, place) =>
          identifying.includes(columns[place] ?? '') && cell !== '' ? [`${columns[place]}:${cell}`] : [],
        )
        const isHeavy = heavyPlaces.some((place) => row[place] !== '')
        // What a result calls personal information says something of a person, also where the row names nobody.
        const isPersonal = permit.items.some(({ name, category }) => category !== 'none' && row[columns.indexOf(name)])
        if (marks.length === 0 && !isPersonal && !isHeavy) continue
        const [first = `row ${at} ${file} ${line}`, ...others] = marks
        groups.set(top(first), top(first))
        for (const other of others) groups.set(top(other), top(first))
        if (isHeavy) sensitive.add(first)
      }
    }
  }
  const all = new Set([...groups.keys()].map(top)).size
  const heavy = new Set([...sensitive].map(top)).size
  return { general: all - heavy, sensitive: heavy }
}

const identifying: readonly string[] = ['id_no', 'mobile', 'email']

function tooManyPersons(permit: PermitText, batches: readonly LeftBatch[]): readonly string[] {
  const { general, sensitive } = personsOf(permit, batches)
  return [
    ...(general <= permit.ceiling.general ? [] : [`${general} persons above ${permit.ceiling.general}`]),
    ...(sensitive <= permit.ceiling.sensitive
      ? []
      : [`${sensitive} sensitive persons above ${permit.ceiling.sensitive}`]),
  ]
}

function wrongItems({ items }: PermitText, { columns, rows }: Table): readonly string[] {
  return columns.flatMap((column, at) => {
    const item = items.find(({ name }) => name === column)
    if (item === undefined) return [`column ${column}`]
    const foreign = Object.entries(looksLike)
      .filter(([kind]) => kind !== item.kind)
      .filter(([, isOne]) => rows.some((row) => isOne(plain(row[at] ?? ''))))
    return foreign.map(([kind]) => `${kind} in ${column}`)
  })
}

/** Full-width and other spellings become the usual ones; marks between characters go. */
function plain(cell: string): string {
  return cell.normalize('NFKC').replaceAll(/[\s\u200b\u00ad-]/g, '')
}

const looksLike: Readonly<Record<string, (text: string) => boolean>> = {
  national_id: (text) => (text.match(/\d{17}[\dXx]/g) ?? []).some(isResidentId),
  mobile: (text) => /(^|\D)1[3-9]\d{9}(\D|$)/.test(text),
  email: (text) => /\w@\w+\.\w/.test(text),
}

/** GB 11643: a day that exists, and the weighted sum of all eighteen leaves 1 by 11. */
function isResidentId(text: string): boolean {
  let sum = 0
  for (let at = 0; at < 18; at++) {
    const digit = text[at] === 'X' || text[at] === 'x' ? 10 : Number(text[at])
    sum += digit * (2 ** (17 - at) % 11)
  }
  const [year, month, day] = [text.slice(6, 10), text.slice(10, 12), text.slice(12, 14)]
  return sum % 11 === 1 && '1900' <= year && '01' <= month && month <= '12' && '01' <= day && day <= '31'
}

function untreated({ items }: PermitText, came: Table, left: Table): readonly string[] {
  return items.flatMap(({ name, treatment }) => {
    const [before, after] = [columnOf(came, name), columnOf(left, name)]
    if (treatment === undefined || before === undefined || after === undefined) return []
    if (before.length !== after.length) return [`rows of ${name}`]
    const same = after.filter((cell, at) => cell !== '' && cell === before[at]).length
    return same === 0 ? [] : [`${name} not treated in ${same} rows`]
  })
}

function tooFewAlike({ anonymity }: PermitText, table: Table): readonly string[] {
  if (anonymity === undefined) return []
  const asked = anonymity.columns.map((name) => columnOf(table, name)).filter((column) => column !== undefined)
  if (asked.length === 0) return []
  const classes = new Map<string, number>()
  for (let row = 0; row < table.rows.length; row++) {
    const key = asked.map((column) => column[row]).join('\u001f')
    classes.set(key, (classes.get(key) ?? 0) + 1)
  }
  const k = Math.min(...classes.values())
  return k < anonymity.k ? [`k is ${k}, below ${anonymity.k}`] : []
}

interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

function columnOf({ columns, rows }: Table, name: string): readonly string[] | undefined {
  const at = columns.indexOf(name)
  return at === -1 ? undefined : rows.map((row) => row[at] ?? '')
}

/** RFC 4180, a character at a time. */
function tableOf(text: string): Table {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at)
    if (quoted && letter === '"' && text.charAt(at + 1) === '"') {
      cell += '"'
      at += 1
    } else if (letter === '"') quoted = !quoted
    else if (!quoted && (letter === ',' || letter === '\n')) {
      row.push(cell)
      cell = ''
      if (letter === '\n') rows.push(row)
      if (letter === '\n') row = []
    } else if (letter !== '\r' || quoted) cell += letter
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell])
  const [columns = [], ...others] = rows
  return { columns, rows: others }
}
