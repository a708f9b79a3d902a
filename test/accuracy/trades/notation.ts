// A short notation for many tables. A line `# path` opens a table, one under `nobody/` holds no person. A column is
// `sign name kinds values`, columns end with `;`. Signs are the labels: `-` none (no kinds), `?` may be seen either way (no
// kinds), `+` personal, `*` sensitive, `!` points at one person. Values are the name of a maker below, or alternatives
// between `|` in which `#` is a digit; `_` is a space.
import { ageOn, crowd } from '../../../examples/people.ts'
import type { Person } from '../../../examples/people.ts'
import type { HeldOutTable, Label } from '../held-out.ts'
import * as v from '../values.ts'
import type { Maker } from '../values.ts'

/** Tables written in the notation above; whoever stands in one row is one invented person. */
export function tables(text: string): HeldOutTable[] {
  return text
    .split(/^# /m)
    .slice(1)
    .map((part) => {
      const [path = '', ...lines] = part.split('\n')
      const columns = lines.join(' ').split(';')
      return { path, nobody: path.startsWith('nobody/'), columns: columns.map((column) => columnOf(path, column)) }
    })
}

function columnOf(path: string, text: string): HeldOutTable['columns'][number] {
  const words = text.trim().split(/\s+/)
  const label = labels[words[0] ?? '']
  if (label === undefined) throw new Error(`${path}: "${text.trim()}" does not begin with a sign`)
  const kindless = label === 'none' || label === 'any'
  if (words.length !== (kindless ? 3 : 4)) throw new Error(`${path}: "${text.trim()}" is not sign, name, kinds, values`)
  const [kinds, values] = kindless ? ['', words[2]] : [words[2], words[3]]
  return [
    words[1] ?? '',
    label,
    (kinds ?? '').replaceAll('/', ' '),
    makers[values ?? ''] ?? oneOfPatterns(values ?? ''),
  ]
}

const labels: Readonly<Record<string, Label>> = {
  '-': 'none',
  '?': 'any',
  '+': 'personal',
  '*': 'sensitive',
  '!': 'identifies',
}

function oneOfPatterns(text: string): Maker {
  const patterns = text.split('|')
  return (c) =>
    c
      .pick(patterns)
      .replaceAll('_', ' ')
      .replace(/#+/g, ({ length }) => c.digits(length))
}

const personAt = crowd(5, { from: '1950-01-01', to: '2005-12-31' })
const of =
  (say: (person: Person) => string): Maker =>
  (_, row) =>
    say(personAt(row))

const makers: Readonly<Record<string, Maker>> = {
  name: of(({ name }) => name),
  id: of(({ residentId }) => residentId),
  mobile: of(({ mobile }) => mobile),
  passport: of(({ passport }) => passport),
  address: of(({ address }) => address),
  born: of(({ born }) => born),
  bornCompact: of(({ born }) => born.replaceAll('-', '')),
  age: of(({ born }) => String(ageOn(born, '2026-11-23'))),
  sexZh: of(({ sex }) => sex),
  sexCode: of(({ sex }) => (sex === '男' ? '1' : '2')),
  sexEn: of(({ sex }) => (sex === '男' ? 'M' : 'F')),
  first: v.firstName,
  last: v.lastName,
  enName: v.englishName,
  pinyin: v.pinyinName,
  nick: v.nick,
  date: v.date,
  time: v.dateTime,
  iso: v.isoTime,
  epoch: v.epochMillis,
  landline: v.landline,
  email: v.email,
  enAddress: v.englishAddress,
  card: v.card,
  account: v.account,
  amount: v.amount,
  salary: v.salary,
  plate: v.plate,
  vin: v.vin,
  imei: v.imei,
  ip: v.ip,
  mac: v.mac,
  lat: v.latitude,
  lon: v.longitude,
  icd: v.icd,
  dx: v.diagnosis,
  note: v.oneOf(
    '患者三天前受凉后出现咳嗽咳痰，伴发热，最高体温38.5度。',
    '既往有高血压病史十年，规律服药，血压控制可。',
    '反复上腹痛两月余，餐后加重，无黑便。',
  ),
  sentence: v.sentence,
  hex8: v.hex(8),
  hex16: v.hex(16),
  hex28: v.hex(28),
  hex32: v.hex(32),
  hex64: v.hex(64),
  base64: v.base64(88),
}
