/**
 * What a document says, before anybody decides how it looks: `form.ts` and `report.ts` write blocks, `docx.ts` sets them
 * in type, and a portal may show the same ones.
 */
export type Block =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'centred'; readonly text: string }
  | { readonly kind: 'fields'; readonly rows: readonly Field[] }
  | {
      readonly kind: 'table'
      readonly head: readonly string[]
      /** Shares of the text width, one a column. */
      readonly widths: readonly number[]
      readonly rows: readonly (readonly string[])[]
    }
  | { readonly kind: 'page-break' }

export interface Field {
  readonly label: string
  readonly value: string
}

/** One of the documents, ready to be set. */
export interface Sheet {
  /** `form` is set at 16 pt line spacing, `report` at 26 pt (Guide v3, notes to annexes 3 and 4). */
  readonly style: 'form' | 'report'
  readonly fileName: string
  readonly title: string
  readonly blocks: readonly Block[]
}

export const title = (text: string): Block => ({ kind: 'title', text })
export const h1 = (text: string): Block => ({ kind: 'heading', level: 1, text })
export const h2 = (text: string): Block => ({ kind: 'heading', level: 2, text })
export const h3 = (text: string): Block => ({ kind: 'heading', level: 3, text })
export const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
export const centred = (text: string): Block => ({ kind: 'centred', text })
export const fields = (rows: readonly (readonly [label: string, value: string])[]): Block => ({
  kind: 'fields',
  rows: rows.map(([label, value]) => ({ label, value })),
})
export const table = (
  widths: readonly number[],
  head: readonly string[],
  rows: readonly (readonly string[])[],
): Block => ({ kind: 'table', head, widths, rows })
export const pageBreak: Block = { kind: 'page-break' }
