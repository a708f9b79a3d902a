import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { withTls } from './database-address.ts'
import { openDatabase } from './database.ts'

test.for([
  ['postgresql://t@db.example/t', 'postgresql://t@db.example/t?sslmode=verify-full'],
  ['postgresql://t@10.0.0.5:6000/t', 'postgresql://t@10.0.0.5:6000/t?sslmode=verify-full'],
  ['postgresql://t@127.0.0.1.example/t', 'postgresql://t@127.0.0.1.example/t?sslmode=verify-full'],
  ['postgresql://t@db.example/t?sslmode=disable', 'postgresql://t@db.example/t?sslmode=disable'],
  ['postgresql://t@127.0.0.1:5432/t', 'postgresql://t@127.0.0.1:5432/t'],
  ['postgresql://t@[::1]/t', 'postgresql://t@[::1]/t'],
  ['postgresql://t@/t?host=/run/postgresql', 'postgresql://t@/t?host=/run/postgresql'],
  ['postgresql://t@localhost/t?host=db.example', 'postgresql://t@localhost/t?host=db.example&sslmode=verify-full'],
])('%s is asked as %s', ([address, asked]) => expect(withTls(address ?? '')).toBe(asked))

test('a database that has no TLS where it is asked for is not spoken to, and the way out is named', async () => {
  // What a PostgreSQL without TLS answers to the first bytes: N.
  const server = createServer((socket) => socket.once('data', () => socket.end('N')))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    const opening = openDatabase({ url: `postgresql://t@127.0.0.1:${port}/t?sslmode=verify-full` })
    await expect(opening).rejects.toMatchObject({ code: 'database.no-tls' })
  } finally {
    server.close()
  }
})
