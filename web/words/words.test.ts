import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { en } from './en.ts'
import { zh } from './zh.ts'

const web = join(import.meta.dirname, '..')

/** Every text by its path: `step.fields.reason`. */
function textsOf(part: object, path: readonly string[] = []): readonly (readonly [path: string, text: unknown])[] {
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? textsOf(value, [...path, key])
      : [[[...path, key].join('.'), value] as const],
  )
}

test('both languages say the same things, and say something', () => {
  expect(textsOf(en).map(([path]) => path)).toEqual(textsOf(zh).map(([path]) => path))
  expect([...textsOf(zh), ...textsOf(en)].filter(([, text]) => text === '')).toEqual([])
})

test('no Chinese is left in the English texts but the way to it', () => {
  const chinese = textsOf(en).filter(
    ([path, text]) => path !== 'shell.otherLanguage' && /\p{Script=Han}/u.test(String(text)),
  )
  expect(chinese).toEqual([])
})

test('no text is kept that no page uses', () => {
  const source = globSync('**/*.{ts,tsx}', { cwd: web, exclude: ['words/**', 'dist/**', 'node_modules/**'] })
    .map((file) => readFileSync(join(web, file), 'utf8'))
    .join('\n')
  // A group that is read by a code from outside (`t.evidence.levels[level]`) is used as a whole.
  const unused = textsOf(zh).filter(([path]) => {
    const parts = path.split('.')
    const last = parts.at(-1) ?? ''
    const group = parts.at(-2) ?? ''
    return !new RegExp(`\\.${last}\\b`).test(source) && !new RegExp(`\\.${group}\\b(\\[|\\))`).test(source)
  })
  expect(unused.map(([path]) => path)).toEqual([])
})
