import { expect, test } from 'vitest'
import { vocabulary, wordsOf } from './vocabulary.ts'

test('no spelling has two meanings', () => {
  const seen = new Map<string, string>()
  const twice = Object.entries(vocabulary).flatMap(([word, spellings]) =>
    spellings.split(/\s+/).flatMap((spelling) => {
      const plain = spelling.replaceAll('_', '')
      const other = seen.get(plain)
      seen.set(plain, word)
      return other === undefined || other === word ? [] : [`${spelling}: ${other} and ${word}`]
    }),
  )
  expect(twice).toEqual([])
})

test.for([
  ['telephoneno', ['phone']],
  ['patientId', ['patient', 'id']],
  ['PATIENT_BIRTH_DATE', ['patient', 'birth', 'date']],
  ['national_identifier', ['nationalId']],
  ['heart rate', ['lab']],
  ['客户经理姓名', ['staff', 'personName']],
  ['联系人电话', ['relative', 'phone']],
  ['yinhangkahao', ['card']],
  ['LXRDH', ['relative', 'phone']],
  ['KSMC', ['organisation', 'name']],
  ['BRXM', ['personName']],
  ['CYZDMC', ['visit', 'diagnosis', 'name']],
  ['BRID', ['patient', 'id']],
  ['工号', ['staff', 'no']],
  ['代理人工号', ['staff', 'staff', 'no']],
  ['学号', ['student', 'no']],
  ['警号', ['staff', 'no']],
  ['会员号', ['member', 'no']],
  ['from_uid', ['start', 'user', 'id']],
  ['series_uid', ['imaging', 'unknown']],
  ['sgje', ['finance']],
  ['jyye', ['transaction', 'balance']],
  ['lxrsj', ['relative', 'mobile']],
  ['jysj', ['transaction', 'time']],
  ['ghsj', ['visit', 'time']],
  ['hydm', ['unknown', 'code']],
] as const)('%s is read as whole words', ([name, words]) => {
  expect(wordsOf(name).words).toEqual(words)
})

test.for([
  'acid_level',
  'incident',
  'statement',
  'shipment',
  'pagename',
  'html',
  'kernel',
  'broadcast',
  'grid',
  'paid',
])('no word is found inside %s', (name) => {
  const personal = [
    'nationalId',
    'id',
    'person',
    'relative',
    'age',
    'name',
    'ip',
    'patient',
    'customer',
    'organisation',
  ]
  expect(wordsOf(name).words.filter((word) => personal.includes(word))).toEqual([])
})
