/**
 * Reads JSON as the verifier must: a key that stands twice in one object is refused, since two readers may take two
 * different values from it. Returns what is wrong as a value; never throws for text.
 */
export function readStrictJson(text: string): StrictJson {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { kind: 'not-json' }
  }
  const key = duplicateKey(text)
  return key === undefined ? { kind: 'json', value } : { kind: 'duplicate-key', key }
}

export type StrictJson =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'not-json' }
  | { readonly kind: 'duplicate-key'; readonly key: string }

// Only called on text JSON.parse accepts, so it needs no grammar: strings, brackets and colons tell all.
function duplicateKey(text: string): string | undefined {
  const open: Set<string>[] = []
  let lastString = ''
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/gs)) {
    if (token === '{' || token === '[') open.push(new Set())
    else if (token === '}' || token === ']') open.pop()
    else if (token !== ':') lastString = token
    else {
      const key = String(JSON.parse(lastString)) // "\u0061" and "a" are one key
      const keys = open.at(-1)
      if (keys?.has(key)) return key
      keys?.add(key)
    }
  }
  return undefined
}
