// Generated values of every shape the scanner knows: seeded, belonging to nobody, and valid by the standards' own check digits.

/** A seeded source of chance (mulberry32): the same tables in every run. */
export interface Chance {
  below(limit: number): number
  digits(count: number): string
  pick<T>(from: readonly T[]): T
}

export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    below,
    digits: (count) => Array.from({ length: count }, () => String(below(10))).join(''),
    pick: (from) => from[below(from.length)] as (typeof from)[number],
  }
}

export type Maker = (c: Chance, row: number) => string

const two = (n: number) => String(n).padStart(2, '0')
const letters = 'ABCDEFGHJKLMNPRSTUVWXYZ'
const of =
  (...values: readonly string[]): Maker =>
  (c) =>
    c.pick(values)

const families = [
  '王',
  '李',
  '张',
  '刘',
  '陈',
  '杨',
  '黄',
  '赵',
  '吴',
  '周',
  '徐',
  '孙',
  '马',
  '朱',
  '胡',
  '郭',
  '何',
  '林',
  '罗',
  '高',
  '欧阳',
]
const given = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华文辉建国红玉兰婷梅鹏飞宇浩欣怡子涵雨桐梓轩思远']
const firstNames = [
  'James',
  'Mary',
  'Robert',
  'Linda',
  'Michael',
  'Susan',
  'David',
  'Karen',
  'Thomas',
  'Nancy',
  'Daniel',
  'Emma',
  'Pieter',
  'Sofie',
  'Lars',
  'Ingrid',
  'Carlos',
  'Lucia',
  'Yuki',
  'Amina',
]
const lastNames = [
  'Smith',
  'Johnson',
  'Brown',
  'Miller',
  'Davis',
  'Garcia',
  'Wilson',
  'Anderson',
  'Taylor',
  'Moore',
  'Jansen',
  'Müller',
  'Rossi',
  'Dubois',
  'Tanaka',
  'Novak',
  'Khan',
  'Okafor',
]
const pinyinFamilies = ['WANG', 'LI', 'ZHANG', 'LIU', 'CHEN', 'YANG', 'HUANG', 'ZHAO', 'WU', 'ZHOU']
const pinyinGiven = ['WEI', 'FANG', 'NA', 'XIUYING', 'MIN', 'JING', 'LI', 'QIANG', 'LEI', 'JUN', 'XIAOMING', 'MEILING']

export const chineseName: Maker = (c) => c.pick(families) + c.pick(given) + (c.below(4) === 0 ? '' : c.pick(given))
export const firstName: Maker = (c) => c.pick(firstNames)
export const lastName: Maker = (c) => c.pick(lastNames)
export const englishName: Maker = (c) => `${c.pick(firstNames)} ${c.pick(lastNames)}`
export const pinyinName: Maker = (c) => `${c.pick(pinyinFamilies)}/${c.pick(pinyinGiven)}`
export const pinyinFamily: Maker = (c) => c.pick(pinyinFamilies)
export const pinyinGivenName: Maker = (c) => c.pick(pinyinGiven)
export const nick: Maker = (c) =>
  c.pick(['小鱼儿', '阳光', 'dreamer', 'cat_lover', '北方的狼', 'sunny', '柠檬茶']) + c.digits(3)

export const date: Maker = (c) => `${2015 + c.below(11)}-${two(1 + c.below(12))}-${two(1 + c.below(28))}`
export const dateTime: Maker = (c, row) => `${date(c, row)} ${two(c.below(24))}:${two(c.below(60))}:${two(c.below(60))}`
export const isoTime: Maker = (c, row) => `${date(c, row)}T${two(c.below(24))}:${two(c.below(60))}:${two(c.below(60))}Z`
export const epochMillis: Maker = (c) => String(1_600_000_000_000 + c.below(100_000_000) * 1000)
export const birth: Maker = (c) => `${1945 + c.below(58)}-${two(1 + c.below(12))}-${two(1 + c.below(28))}`
export const birthCompact: Maker = (c, row) => birth(c, row).replaceAll('-', '')

const regions = ['110101', '310104', '440305', '320102', '330106', '510104', '420106', '610103', '210102', '370202']
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** A resident ID number by GB 11643, with its check digit. */
export const residentId: Maker = (c, row) => {
  const head = c.pick(regions) + birthCompact(c, row) + c.digits(3)
  const sum = weights.reduce((total, weight, at) => total + weight * Number(head[at]), 0)
  return head + '10X98765432'.charAt(sum % 11)
}

export const mobile: Maker = (c) => c.pick(['138', '139', '150', '186', '177', '133', '199', '188']) + c.digits(8)
export const landline: Maker = (c) => `${c.pick(['010', '021', '020', '0755', '0571'])}-${2 + c.below(7)}${c.digits(7)}`
export const foreignPhone: Maker = (c) =>
  `+${c.pick(['31 6', '44 7', '1 415', '49 151'])}${c.digits(2)} ${c.digits(3)} ${c.digits(4)}`
export const serviceNumber: Maker = (c) => `${c.pick(['400', '800'])}-${c.digits(3)}-${c.digits(4)}`
export const email: Maker = (c) =>
  `${c.pick(firstNames).toLowerCase()}${c.digits(3)}@${c.pick(['example.com', 'mail.example.org', 'corp.example.cn'])}`
export const passport: Maker = (c) => c.pick(['E', 'G']) + c.digits(8)
export const address: Maker = (c) =>
  c.pick(['北京市朝阳区建国路', '上海市徐汇区漕溪北路', '广东省深圳市南山区科技园路', '浙江省杭州市西湖区文三路']) +
  `${1 + c.below(300)}号${1 + c.below(20)}栋${101 + c.below(900)}室`
export const englishAddress: Maker = (c) =>
  `${1 + c.below(900)} ${c.pick(['Main', 'Oak', 'Church', 'Station', 'Park'])} ${c.pick(['Street', 'Road', 'Avenue', 'Lane'])}`

/** A payment card number that passes Luhn. */
export const card: Maker = (c) => {
  const head = c.pick(['622848', '621700', '622202', '622588']) + c.digits(12)
  const sum = [...head].reverse().reduce((total, digit, at) => {
    const doubled = Number(digit) * (at % 2 === 0 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return head + String((10 - (sum % 10)) % 10)
}
export const account: Maker = (c) => c.digits(12)
export const iban: Maker = (c) => {
  const bban = 'ABNA' + c.digits(10)
  const numeric = [...`${bban}NL00`].map((x) => (/\d/.test(x) ? x : String(x.charCodeAt(0) - 55))).join('')
  return `NL${two(98 - Number(BigInt(numeric) % 97n))}${bban}`
}
export const amount: Maker = (c) => `${c.below(90_000)}.${c.digits(2)}`
export const salary: Maker = (c) => String(4000 + c.below(40_000))

export const plate: Maker = (c) =>
  c.pick([...'京沪粤苏浙川鲁']) +
  c.pick([...'ABCDE']) +
  Array.from({ length: 5 }, () => c.pick([...'0123456789ABCDEFGH'])).join('')
const vinValue = (x: string) => '0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ'.indexOf(x) % 10
/** A vehicle identification number with its check character in place 9. */
export const vin: Maker = (c) => {
  const body = `L${Array.from({ length: 16 }, () => c.pick([...`${letters.replace(/[IOQ]/g, '')}0123456789`])).join('')}`
  const sum = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2].reduce(
    (total, weight, at) => total + weight * vinValue(body.charAt(at)),
    0,
  )
  return `${body.slice(0, 8)}${'0123456789X'.charAt(sum % 11)}${body.slice(9)}`
}
const luhnDigit = (head: string): string => {
  const sum = [...head].reverse().reduce((total, digit, at) => {
    const doubled = Number(digit) * (at % 2 === 0 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return String((10 - (sum % 10)) % 10)
}
export const imei: Maker = (c) => {
  const head = `86${c.digits(12)}`
  return head + luhnDigit(head)
}
export const ip: Maker = (c) =>
  [c.pick(['36', '61', '113', '183', '223']), c.below(256), c.below(256), 1 + c.below(254)].join('.')
export const mac: Maker = (c) => Array.from({ length: 6 }, () => c.below(256).toString(16).padStart(2, '0')).join(':')
export const latitude: Maker = (c) => `${22 + c.below(18)}.${c.digits(6)}`
export const longitude: Maker = (c) => `${102 + c.below(18)}.${c.digits(6)}`

export const icd: Maker = of('I10.x00', 'E11.900', 'J18.900', 'K29.500', 'N18.300', 'C34.900', 'M54.500', 'G40.900')
export const diagnosis: Maker = of(
  '原发性高血压',
  '2型糖尿病',
  '肺炎',
  '慢性胃炎',
  '慢性肾脏病3期',
  '肺恶性肿瘤',
  '腰痛',
  '癫痫',
)
export const englishDiagnosis: Maker = of(
  'Essential hypertension',
  'Type 2 diabetes mellitus',
  'Pneumonia',
  'Chronic gastritis',
  'Epilepsy',
  'Low back pain',
)
export const sentence: Maker = of(
  '今天去公园散步了，天气特别好，心情也不错。',
  '有人一起周末去爬山吗？想认识新朋友。',
  '新买的书终于到了，推荐给大家看看这个故事。',
  'Had a great time at the beach with my family today!',
  'Does anyone know a good place for dinner around here?',
  '加班到很晚才回家，路上一个人也没有。',
)

export const rows = (c: Chance, makers: readonly Maker[], count: number): string[][] =>
  Array.from({ length: count }, (_, row) => makers.map((make) => make(c, row)))

export const serial: Maker = (_, row) => String(row + 1)
export const uuid: Maker = (c) =>
  [8, 4, 4, 4, 12].map((n) => Array.from({ length: n }, () => c.below(16).toString(16)).join('')).join('-')
export const hex =
  (length: number): Maker =>
  (c) =>
    Array.from({ length }, () => c.below(16).toString(16)).join('')
export const base64 =
  (length: number): Maker =>
  (c) =>
    Array.from({ length }, () => c.pick([...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'])).join(
      '',
    )
export const code =
  (prefix: string, digits: number): Maker =>
  (c) =>
    prefix + c.digits(digits)
export const oneOf = of
