/** A table as the database itself lists it. Only names from here become part of a statement. */
export interface CatalogueTable {
  readonly schema: string
  readonly name: string
  /** In the table's order. */
  readonly columns: readonly string[]
  /** It holds what another table shows as well (a view, a partition): read only where it is asked for by name. */
  readonly derived: boolean
  /** What the database guesses it holds, in bytes. */
  readonly bytes: number
}

export interface Wanted {
  readonly tables: readonly string[]
  readonly schema: string | undefined
  /** Where a name without a schema is looked for. */
  readonly usualSchema: string
}

/** The tables to read, in the catalogue's order, and what was asked for and is not there. */
export function chooseTables(
  catalogue: readonly CatalogueTable[],
  { tables, schema, usualSchema }: Wanted,
): { readonly chosen: readonly CatalogueTable[]; readonly missing: readonly string[] } {
  if (tables.length === 0) {
    const chosen = catalogue.filter((table) => !table.derived && (schema === undefined || table.schema === schema))
    return { chosen, missing: [] }
  }
  const isMeant = (table: CatalogueTable, wanted: string): boolean =>
    `${table.schema}.${table.name}` === wanted || (table.schema === (schema ?? usualSchema) && table.name === wanted)
  return {
    chosen: catalogue.filter((table) => tables.some((wanted) => isMeant(table, wanted))),
    missing: [...new Set(tables)].filter((wanted) => !catalogue.some((table) => isMeant(table, wanted))),
  }
}
