/** One field that two rounds state differently. */
export interface FieldChange {
  readonly path: string
  readonly was: unknown
  readonly now: unknown
}

/** Compares two values field by field; lists are compared by the id, name or column of their members where they have one. */
export function changesBetween(was: unknown, now: unknown, path = ''): readonly FieldChange[] {
  if (Object.is(was, now)) return []
  if (Array.isArray(was) && Array.isArray(now)) {
    const [a, b] = [named(was), named(now)]
    return [...new Set([...a.keys(), ...b.keys()])].flatMap((key) =>
      changesBetween(a.get(key), b.get(key), `${path}[${key}]`),
    )
  }
  if (isRecord(was) && isRecord(now)) {
    return [...new Set([...Object.keys(was), ...Object.keys(now)])].flatMap((key) =>
      changesBetween(was[key], now[key], path === '' ? key : `${path}.${key}`),
    )
  }
  return [{ path, was, now }]
}

function named(list: readonly unknown[]): ReadonlyMap<string, unknown> {
  const names = list.map((member, index) => nameOf(member) ?? String(index))
  const unique = new Set(names).size === names.length
  return new Map(list.map((member, index) => [unique ? (names[index] ?? '') : String(index), member]))
}

function nameOf(member: unknown): string | undefined {
  if (!isRecord(member)) return undefined
  if (typeof member['column'] === 'string') return `${String(member['table'])}/${member['column']}`
  const names = ['id', 'item', 'matter', 'kind', 'path', 'name'].map((key) => member[key])
  const name = names.find((value) => typeof value === 'string' || typeof value === 'number')
  return name === undefined ? undefined : `${name}`
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
