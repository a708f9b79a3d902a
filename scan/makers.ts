// Generated identities and files for the tests of this trade; nobody real is among them.
import { legalDate } from '@tongguan/law'
import type { ScanOptions } from './scan.ts'

export const someOptions: ScanOptions = {
  on: legalDate('2026-11-23'),
  key: Buffer.alloc(32, 7),
  keyEpoch: '2026',
}

/** A valid resident ID number, another for each `n` up to some millions. */
export function anId(n: number): string {
  const day = String(1 + (n % 28)).padStart(2, '0')
  const month = String(1 + (Math.floor(n / 28) % 12)).padStart(2, '0')
  const year = 1940 + (Math.floor(n / 336) % 60)
  const serial = String(Math.floor(n / 20_160) % 1000).padStart(3, '0')
  const first = `110105${year}${month}${day}${serial}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, at) => total + weight * Number(first[at]), 0)
  return first + '10X98765432'.charAt(sum % 11)
}

/** A mobile number of an assigned range. */
export const aMobile = (n: number): string => `138${String(n).padStart(8, '0')}`

const family = [...'王李张刘陈杨黄赵吴周']
const given = [...'伟芳娜敏静丽强磊军洋']

export const aName = (n: number): string => `${family[n % 10] ?? ''}${given[Math.floor(n / 10) % 10] ?? ''}`

/** Lines of a register of persons, header first. */
export function aRegister(persons: number, delimiter = ','): string[] {
  return [
    ['姓名', '身份证号', '手机号'].join(delimiter),
    ...Array.from({ length: persons }, (_, n) => [aName(n), anId(n), aMobile(n)].join(delimiter)),
  ]
}
