import { createHash } from 'node:crypto'
import type { Kind } from '@tongguan/law'
import { chineseName } from './detectors/chinese-name.ts'
import { keepEnds } from './detectors/detector.ts'
import { education } from './detectors/education.ts'
import { ethnicity } from './detectors/ethnicity.ts'
import { detectors } from './detectors/index.ts'
import type { Detector } from './detectors/index.ts'
import { maritalStatus } from './detectors/marital-status.ts'
import { sex } from './detectors/sex.ts'

/** A value of a person made safe to show: enough to recognise its form, not whose it is. */
export function masked(kind: Kind, value: string): string {
  const own = (detectors as readonly Detector[]).find((detector) => detector.kind === kind)
  switch (kind) {
    case 'sex':
    case 'age':
    case 'ethnicity':
    case 'marital_status':
    case 'education':
      // One attribute shared by many gives nobody away; anything else under such a name may be what gives somebody away.
      return isShared(value) ? value : keepEnds(1, 0)([...value].slice(0, 16).join(''))
    case 'country':
    case 'region':
    case 'nationality':
      return keepEnds(1, 0)([...value].slice(0, 16).join(''))
    case 'name':
    case 'staff_name':
    case 'first_name':
    case 'last_name':
      return /[\u4e00-\u9fff]/.test(value) ? chineseName.mask(value) : keepEnds(1, 0)(value.slice(0, 20))
    case 'birth_date':
    case 'death':
    case 'event_date':
      return /^\d{4}\D/.test(value) ? `${value.slice(0, 4)}-**-**` : keepEnds(2, 0)(value.slice(0, 10))
    case 'clinical_note':
    case 'free_text':
      return `${'*'.repeat(8)} (${[...value].length})`
    default:
      if (own !== undefined && kind !== 'diagnosis') return own.mask(value)
      return keepEnds(1, 0)([...value].slice(0, 16).join(''))
  }
}

const shared: readonly RegExp[] = [sex, ethnicity, maritalStatus, education].map(({ cell }) => new RegExp(cell))

const isShared = (value: string): boolean =>
  /^(?:\d{1,3}|[A-Za-z])$/.test(value) || shared.some((list) => list.test(value))

/** A file or column name that itself names a person is masked, with its hash so that it can be found again. */
export function maskedName(name: string): string {
  const found = [
    [/[1-9]\d{16}[\dXx]/, keepEnds(3, 4)],
    [/1[3-9]\d{9}/, keepEnds(3, 4)],
    [/[\w.+-]+@[\w-]+\.[\w.]+/, keepEnds(1, 0)],
  ] as const
  for (const [pattern, mask] of found) {
    const match = pattern.exec(name)
    if (match === null) continue
    const tag = createHash('sha256').update(name).digest('hex').slice(0, 8)
    return `${name.slice(0, match.index)}${mask(match[0])}${name.slice(match.index + match[0].length)}#${tag}`
  }
  return name
}
