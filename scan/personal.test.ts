import { inspect } from 'node:util'
import { kinds } from '@tongguan/law'
import type { Kind } from '@tongguan/law'
import { expect, test } from 'vitest'
import { masked } from './mask.ts'
import { Personal } from './personal.ts'

test('a value of a person does not print', () => {
  const id = new Personal('110101199003070000', '110***********0000')
  const shown = [String(id), JSON.stringify({ id }), inspect({ id }), inspect(id, { showHidden: true })]
  expect(shown.filter((text) => text.includes('19900307'))).toEqual([])
  expect(id.reveal()).toBe('110101199003070000')
})

test('a telephone, a name or an address that strayed into a column of any kind is masked there too', () => {
  const strays = ['13812345678', '王小明', 'someone@example.cn', 'Karen Miller', '12345']
  const shown = (Object.keys(kinds) as Kind[]).flatMap((kind) =>
    strays
      .filter((stray) => masked(kind, stray).includes(stray.length > 8 ? stray.slice(0, -4) : stray))
      .map((stray) => `${kind}: ${stray}`),
  )
  expect(shown).toEqual([])
})
