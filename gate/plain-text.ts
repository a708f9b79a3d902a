/** A text as it is compared: full-width characters made plain (NFKC), and without marks that have no width. */
export function plainText(text: string): string {
  return text.normalize('NFKC').replaceAll(/\p{Cf}/gu, '')
}
