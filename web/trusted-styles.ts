/*
 * The page's policy refuses every text that would become markup (`require-trusted-types-for`). antd writes its styles
 * through `innerHTML` of a <style>; a text without "<" cannot open an element, whatever element it is put into.
 */

interface TrustedTypes {
  createPolicy(name: 'default', rules: { readonly createHTML: (text: string) => string | null }): unknown
}

/** The text where it can be no markup, null (refused by the browser) where it can. */
export function withoutMarkup(text: string): string | null {
  return text.includes('<') ? null : text
}

// Not in Firefox before 148 and Chromium before 83: there the rest of the policy stands alone.
if ('trustedTypes' in globalThis) {
  const { trustedTypes } = globalThis as unknown as { readonly trustedTypes: TrustedTypes }
  trustedTypes.createPolicy('default', { createHTML: withoutMarkup })
}
