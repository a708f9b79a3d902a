import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { segment } from './segment.ts'

test.for([
  ['数据出境安全评估需要多少个工作日？', ['数据', '出境', '安全', '评估', '多少', '工作', '工作日']],
  ['请问我们是否需要申报', ['申报']],
  ['ＰＩＰＬ 第３８条', ['pipl', '第', '38', '条']],
  ['Do we need the standard contract?', ['need', 'standard', 'contract']],
  ['H\u0331', ['\u1e96']],
  ['，。？！ \u0000', []],
] as const)('%s', ([text, words]) => {
  expect(segment(text)).toEqual(words)
})

test('no word comes twice, each says something, and the case of Latin letters does not matter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const words = segment(text)
      expect(new Set(words).size).toBe(words.length)
      const shouted = text.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase())
      expect(segment(shouted)).toEqual(words)
      for (const word of words) expect(word).toMatch(/[\p{L}\p{N}]/u)
    }),
  )
})
