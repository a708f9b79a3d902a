// What an address says, and that nothing that is printed of it holds a password.
import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { ScanInputError } from '../words.ts'
import { chooseTables } from './catalogue.ts'
import type { CatalogueTable } from './catalogue.ts'
import { holdsPassword, isLive, parseLiveSource, shownSource } from './source-url.ts'

test('an address of a database', () => {
  expect(parseLiveSource('postgresql://le%40a:p%25w@db.example:6000/his?table=a.b&table=c&schema=s')).toEqual({
    kind: 'postgresql',
    host: 'db.example',
    port: 6000,
    database: 'his',
    user: 'le@a',
    password: 'p%w',
    tables: ['a.b', 'c'],
    schema: 's',
    tls: 'verified',
    shown: 'postgresql://db.example:6000/his',
  })
  expect(parseLiveSource('mysql://[::1]/his')).toMatchObject({ host: '::1', port: 3306, tls: 'off', user: undefined })
})

test('what leaves the machine is encrypted unless the operator says otherwise', () => {
  const tlsOf = (source: string) => (parseLiveSource(source) as { readonly tls?: string }).tls
  expect(tlsOf('postgres://127.0.0.1/a')).toBe('off')
  expect(tlsOf('postgres://127.0.0.1.example/a')).toBe('verified')
  expect(tlsOf('mysql://10.0.0.1/a')).toBe('verified')
  expect(tlsOf('mysql://10.0.0.1/a?sslmode=disable')).toBe('off')
  expect(tlsOf('mysql://10.0.0.1/a?sslmode=no-verify')).toBe('unverified')
})

test('an address of a bucket', () => {
  expect(parseLiveSource('s3://data-2026/his/%E6%82%A3/')).toEqual({
    kind: 's3',
    bucket: 'data-2026',
    prefix: 'his/患/',
    addressing: 'path',
    shown: 's3://data-2026/his/患/',
  })
})

test.for([
  'ftp://host/file',
  'file:///etc/passwd',
  'postgresql://host',
  'postgresql://host/a/b',
  'postgresql://host/db?tables=a',
  'postgresql://host/db?table=',
  'postgresql://host/db?sslmode=prefer',
  'postgresql://u:100%@host/db',
  'mysql://host/db?schema=a',
  's3://key:secret@bucket/a',
  's3://Bucket_/a',
  'postgresql://u:geheim@ho st/db',
])('%s is refused, without its password', (source) => {
  expect(isLive(source)).toBe(true)
  const refusal = (() => {
    try {
      return parseLiveSource(source)
    } catch (error) {
      return error
    }
  })()
  expect(refusal).toBeInstanceOf(ScanInputError)
  expect((refusal as ScanInputError).code).toBe('scan.source-url')
  expect((refusal as ScanInputError).message).not.toMatch(/100%@|geheim|secret@/)
})

test('whatever the password, it is not shown', () => {
  assert(
    property(string({ minLength: 8 }), (rest) => {
      const password = `pw-${rest}`
      for (const written of [password, encodeURIComponent(password.toWellFormed())]) {
        const source = `postgresql://reader:${written}@db.example/his?table=a`
        expect(shownSource(source)).not.toContain('pw-')
      }
    }),
  )
})

test('a password in the address is noticed', () => {
  expect(holdsPassword('mysql://a:b@host/db')).toBe(true)
  expect(holdsPassword('mysql://a@host:1/db?table=x:y@z')).toBe(false)
})

const catalogue: CatalogueTable[] = [
  { schema: 'his', name: 'patient', columns: ['a'], derived: false, bytes: 1 },
  { schema: 'his', name: 'patient.old', columns: ['a'], derived: false, bytes: 1 },
  { schema: 'his', name: 'patient_2026', columns: ['a'], derived: true, bytes: 1 },
  { schema: 'public', name: 'patient', columns: ['a'], derived: false, bytes: 1 },
]
const namesOf = (tables: readonly CatalogueTable[]) => tables.map(({ schema, name }) => `${schema}.${name}`)
const chosenOf = (tables: readonly string[], schema?: string) => {
  const { chosen, missing } = chooseTables(catalogue, { tables, schema, usualSchema: 'public' })
  return [namesOf(chosen), missing]
}

test('tables are chosen from the catalogue only', () => {
  expect(chosenOf([])).toEqual([['his.patient', 'his.patient.old', 'public.patient'], []])
  expect(chosenOf([], 'his')).toEqual([['his.patient', 'his.patient.old'], []])
  expect(chosenOf(['patient'])).toEqual([['public.patient'], []])
  expect(chosenOf(['patient'], 'his')).toEqual([['his.patient'], []])
  expect(chosenOf(['his.patient', 'his.patient', 'his.patient.old'])).toEqual([['his.patient', 'his.patient.old'], []])
  expect(chosenOf(['his.patient_2026'])).toEqual([['his.patient_2026'], []])
  expect(chosenOf(['his.patient; drop table x', 'Patient'])).toEqual([[], ['his.patient; drop table x', 'Patient']])
})
