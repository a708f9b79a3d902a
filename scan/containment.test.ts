// Whoever speaks SQL to the engine could read files, reach the network, write. Nothing a user controls becomes SQL, and where
// the system has bubblewrap the engine could not even if it did.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EngineError, openEngine } from './engine.ts'
import type { Engine } from './engine.ts'
import { aRegister, someOptions } from './makers.ts'
import { scan } from './scan.ts'
import { parseRows } from './tables.ts'

const secret = 'canary-5d1f0c'
let folder = ''
let canary = ''
let sink: Server
let connections = 0
let port = 0
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tongguan-contain-'))
  canary = join(folder, 'canary.txt')
  writeFileSync(canary, secret)
  process.env['TONGGUAN_TEST_SECRET'] = secret
  sink = createServer((socket) => {
    connections++
    socket.destroy()
  })
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve))
  port = (sink.address() as AddressInfo).port
})
afterAll(async () => {
  delete process.env['TONGGUAN_TEST_SECRET']
  await new Promise((resolve) => sink.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

describe.for(['process', 'strongest'] as const)('with the engine in its walls (%s)', (contain) => {
  let engine: Engine
  beforeAll(async () => {
    engine = await openEngine({ contain })
  })
  afterAll(() => engine.close())

  test('no table function runs through any name or value of a file', async () => {
    const functions = parseRows<[string]>(
      await engine.query('SELECT name FROM system.table_functions ORDER BY name'),
    ).map(([name]) => name)
    expect(functions.length).toBeGreaterThan(60)
    const written = join(folder, `written-${contain}`)
    const place = join(folder, `files-${contain}`)
    mkdirSync(place)
    connections = 0
    const keys: string[] = []
    for (const [at, name] of functions.entries()) {
      const call = `${name}('${name === 'file' || name === 'executable' ? canary : `http://127.0.0.1:${port}/x`}', 'LineAsString', 'x String')`
      const attacks = [
        `' || (SELECT * FROM ${call}) || '`,
        `c0\` FROM ${call} -- `,
        `x"); SELECT * FROM ${call} INTO OUTFILE '${written}'; --`,
        `\\') UNION ALL SELECT * FROM ${call} /*`,
      ]
      const inPath = (attacks[at % attacks.length] ?? '').replaceAll('/', '∕').slice(0, 60)
      const sub = join(place, `${at} ${inPath}`)
      mkdirSync(sub)
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
      const rows = [attacks.map(quoted).join(','), ...[1, 2, 3].map(() => attacks.map(quoted).join(','))]
      writeFileSync(join(sub, `${inPath}.csv`), rows.join('\n'))
      keys.push(...attacks)
    }
    const object = JSON.stringify(Object.fromEntries(keys.map((key) => [key, key])))
    writeFileSync(join(place, 'keys.ndjson'), [object, object, object].join('\n'))
    // Names inside a Parquet file reach the engine as identifiers.
    const nasty = `n" , (SELECT * FROM file('${canary}')) AS "y\``
    const parquet = await engine.query('SELECT {v:String} AS {n:Identifier}, 1 AS b', { v: nasty, n: nasty }, 'Parquet')
    writeFileSync(join(place, 'names.parquet'), parquet)
    const evidence = await scan(engine, [place], { ...someOptions, keepNames: true })
    expect(evidence.files).toHaveLength(functions.length + 2)
    expect(evidence.files.flatMap(({ error }) => (error === null ? [] : [error.code]))).toEqual([])
    expect(evidence.files.find(({ path }) => path === 'names.parquet')?.columns[0]?.name).toBe(nasty)
    expect(JSON.stringify(evidence)).not.toContain(secret)
    expect(existsSync(written)).toBe(false)
    expect(connections).toBe(0)
    expect(readdirSync(folder).filter((name) => name.startsWith('written'))).toEqual([])
  })

  test('values are bound: what looks like SQL is a value', async () => {
    const value = `'; SELECT * FROM file('${canary}') --`
    expect(parseRows(await engine.query('SELECT {v:String}', { v: value }))).toEqual([[value]])
  })

  test('the engine has no environment', async () => {
    const own = await engine.query("SELECT * FROM file('/proc/self/environ', 'LineAsString')").then(
      (bytes) => bytes.toString(),
      () => '',
    )
    expect(own).not.toContain(secret)
  })
})

test('inside bubblewrap even SQL of an attacker reads nothing, reaches nobody and writes nowhere', async (context) => {
  const engine = await openEngine()
  try {
    if (engine.contained !== 'bubblewrap') context.skip('bubblewrap is not here, or not allowed to make namespaces')
    connections = 0
    for (const sql of [
      `SELECT * FROM file('${canary}', 'LineAsString')`,
      `SELECT file('${canary}')`,
      "SELECT * FROM file('/etc/passwd', 'LineAsString')",
      "SELECT * FROM file('/proc/1/environ', 'LineAsString')",
      `SELECT * FROM url('http://127.0.0.1:${port}/', 'LineAsString') SETTINGS http_max_tries = 1`,
    ]) {
      await expect(engine.query(sql)).rejects.toThrow(EngineError)
    }
    // It may write where it lives, which is nowhere: a folder in memory that goes with it.
    for (const sql of [
      `INSERT INTO FUNCTION file('${join(folder, 'planted')}', 'LineAsString', 'x String') VALUES ('x')`,
      `SELECT 1 INTO OUTFILE '${join(folder, 'planted')}'`,
      `INSERT INTO FUNCTION file('${canary}', 'LineAsString', 'x String') SETTINGS engine_file_truncate_on_insert = 1 VALUES ('x')`,
    ]) {
      await engine.query(sql).catch((error: unknown) => expect(error).toBeInstanceOf(EngineError))
    }
    expect(connections).toBe(0)
    expect(existsSync(join(folder, 'planted'))).toBe(false)
    expect(readFileSync(canary, 'utf8')).toBe(secret)
  } finally {
    await engine.close()
  }
})

test('the evidence says what the engine was kept in', async () => {
  const path = join(folder, 'persons.csv')
  writeFileSync(path, aRegister(3).join('\n'))
  const engine = await openEngine({ contain: 'process' })
  try {
    expect((await scan(engine, [path], someOptions)).engine).toMatchObject({ kind: 'embedded', contained: 'process' })
  } finally {
    await engine.close()
  }
})
