/** A name as lists are compared by: full-width letters, capitals and blanks around it tell nothing apart. */
export function plainName(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}
