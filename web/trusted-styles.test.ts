import { expect, test } from 'vitest'
import { withoutMarkup } from './trusted-styles.ts'

test('a style passes; what could open an element does not', () => {
  const style = '.a::before{content:"\\201c"} @media (max-width:600px){.b>.c{color:red}}'
  expect(withoutMarkup(style)).toBe(style)
  expect(withoutMarkup('</style><img src=x onerror=alert(1)>')).toBeNull()
})
