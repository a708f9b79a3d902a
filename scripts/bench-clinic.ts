// The data of `npm run bench scan`: a dense Chinese clinical CSV.
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'

/** The header: what a clinic's export calls its columns. */
export const columns = [
  '姓名',
  '身份证号',
  '性别',
  '出生日期',
  '手机号',
  '电子邮箱',
  '现住址',
  '银行卡号',
  '病案号',
  '就诊日期',
  '诊断编码',
  '诊断名称',
  '病程记录',
  '检验结果',
  '登录IP',
]

/** Invented patients, every row full; the same rows each time. */
export async function writeClinic(path: string, rows: number): Promise<void> {
  const out = createWriteStream(path, { highWaterMark: 1 << 22 })
  out.write(`${columns.join(',')}\n`)
  let state = 20_261_123
  const below = (n: number): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % n
  }
  const two = (n: number) => String(n).padStart(2, '0')
  const digits = (n: number, length: number) => String(below(n)).padStart(length, '0')
  const one = <T>(of: readonly T[]): T => of[below(of.length)] as T
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const idOf = (born: string) => {
    const first = `${one(['110105', '310104', '440106', '330108', '510107'])}${born}${digits(1000, 3)}`
    return first + '10X98765432'.charAt(weights.reduce((sum, weight, at) => sum + weight * Number(first[at]), 0) % 11)
  }
  const cardOf = () => {
    const first = `622${digits(1e8, 8)}${digits(1e7, 7)}`
    const sum = [...first].toReversed().reduce((total, digit, at) => {
      const doubled = Number(digit) * (at % 2 === 0 ? 2 : 1)
      return total + (doubled > 9 ? doubled - 9 : doubled)
    }, 0)
    return `${first}${(10 - (sum % 10)) % 10}`
  }
  const names = [
    [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗'],
    [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国'],
  ] as const
  const illnesses = [
    ['I10.x00', '原发性高血压'],
    ['E11.900', '2型糖尿病'],
    ['J18.900', '肺炎'],
    ['K29.500', '慢性胃炎'],
    ['N18.900', '慢性肾脏病'],
    ['C34.900', '支气管恶性肿瘤'],
  ] as const
  const notes = [
    '患者诉反复头晕三月余，血压最高',
    '既往体健，否认药物过敏史，血糖',
    '咳嗽咳痰一周，伴发热，脉搏',
    '随访中，家属陪同，目前病情平稳，心率',
  ] as const
  let piece: string[] = []
  for (let row = 0; row < rows; row++) {
    const [year, month, day] = [String(1940 + below(80)), two(1 + below(12)), two(1 + below(28))]
    const [code, illness] = one(illnesses)
    piece.push(
      [
        one(names[0]) + one(names[1]) + (below(2) === 0 ? '' : one(names[1])),
        idOf(year + month + day),
        one(['男', '女']),
        `${year}-${month}-${day}`,
        `${one(['138', '139', '150', '186', '177'])}${digits(1e8, 8)}`,
        `u${below(1e7)}@example.com`,
        `北京市朝阳区建国路${1 + below(200)}号院${1 + below(30)}号楼${1 + below(6)}单元${100 + below(2000)}室`,
        cardOf(),
        `M${digits(1e8, 8)}`,
        `2026-0${1 + below(9)}-${two(1 + below(28))}`,
        code,
        illness,
        `${one(notes)}${90 + below(90)}，建议继续口服药物治疗，两周后复诊，不适随诊。`,
        (below(9000) / 100).toFixed(2),
        `10.${below(256)}.${below(256)}.${below(256)}`,
      ].join(','),
    )
    if (piece.length < 5000) continue
    if (!out.write(`${piece.join('\n')}\n`)) await once(out, 'drain')
    piece = []
  }
  out.end(piece.length === 0 ? '' : `${piece.join('\n')}\n`)
  await once(out, 'close')
}
