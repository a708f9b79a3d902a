export const root: string
export function words(zh: string, en: string): string
export function runPinned(args: readonly string[], options?: { readonly cwd?: string }): Promise<never>
export function ensureInstalled(): void
