import { legalDate, sensitivityPacksOn } from '@tongguan/law'
import { expect, test } from 'vitest'
import { packsInForce } from '../scan/sensitivity.ts'

test.for(['2021-10-31', '2021-11-01', '2025-10-31', '2025-11-01', '2026-11-23'])(
  'on %s the scanner goes by the lists the law has in force',
  (day) => {
    const on = legalDate(day)
    const names = packsInForce(on).map(({ name }) => name)
    expect(names.sort()).toEqual(
      sensitivityPacksOn(on)
        .map(({ name }) => name)
        .sort(),
    )
  },
)
