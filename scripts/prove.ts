// `npm run prove [NAME] [--minutes N] [--points N]`: goes on where the last call stopped, at most an hour a call, and
// writes what was tried into docs/proofs.md, one line for each state of the code. Exit code 1 where something disagrees.
import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { casework } from './proofs/casework.ts'
import { ceilingProof } from './proofs/ceiling.ts'
import { files } from './proofs/files.ts'
import { gateChecker } from './proofs/gate-checker.ts'
import { killed } from './proofs/killed.ts'
import { law } from './proofs/law.ts'
import { protocol } from './proofs/protocol.ts'
import { requests } from './proofs/requests.ts'
import { served } from './proofs/served.ts'
import { tamper } from './proofs/tamper.ts'
import type { Proof } from './proofs/proof.ts'
import { root } from './start.mjs'

const proofs: Readonly<Record<string, Proof>> = {
  law,
  protocol,
  ceiling: ceilingProof,
  'gate-checker': gateChecker,
  killed,
  tamper,
  casework,
  requests,
  files,
  served,
}
const longestMinutes = 60

const heading = `# Proofs

What \`npm run prove\` has tried, newest last: one line for each state of the code a proof rests on. The code is named by
the hash of the files it runs (the same code in another commit keeps its line) and by the commit it was last tried on.

| proof | code | commit | day | points | disagree | points/s |
| ----- | ---- | ------ | --- | ------ | -------- | -------- |
`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string', default: String(longestMinutes) }, points: { type: 'string' } },
})
const minutes = Number(values.minutes)
const names = positionals.length > 0 ? positionals : Object.keys(proofs)
for (const name of names) {
  if (!(name in proofs)) refuse(`No proof "${name}"; there are ${Object.keys(proofs).join(', ')}.`)
}
if (!(minutes > 0 && minutes <= longestMinutes))
  refuse(`--minutes is above 0 and at most ${longestMinutes}, for example --minutes 10.`)
if (values.points !== undefined && !(Number(values.points) > 0))
  refuse('--points is a number above 0, for example --points 1000000.')

// What is tried is what was read now; the working tree may move on meanwhile.
const startedOn = commit()
const until = performance.now() + minutes * 60_000
const interrupt = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort())
for (const name of names) {
  const proof = proofs[name]
  if (proof) await prove(name, proof)
}

/** What was tried of one state of the code, kept between calls. */
interface Progress {
  readonly fingerprint: string
  readonly batches: number
  readonly seconds: number
  readonly disagreements: number
}

async function prove(name: string, proof: Proof): Promise<void> {
  const fingerprint = fingerprintOf(proof.restsOn)
  const file = join(root, '.tongguan', 'proofs', `${name}.json`)
  let done = progressIn(file, fingerprint)
  const wanted = Math.ceil(Number(values.points ?? proof.points) / proof.pointsPerBatch)
  console.log(
    `${name}: ${proof.claim}; ${points(done, proof)} of ${grouped(wanted * proof.pointsPerBatch)} points tried so far`,
  )
  while (done.batches < wanted && performance.now() < until && !interrupt.signal.aborted) {
    const since = performance.now()
    const found = await proof.tryBatch(done.batches)
    for (const one of found) console.error(JSON.stringify({ proof: name, batch: done.batches, ...one }))
    done = {
      fingerprint,
      batches: done.batches + 1,
      seconds: done.seconds + (performance.now() - since) / 1000,
      disagreements: done.disagreements + found.length,
    }
    save(file, done)
    if (process.stderr.isTTY) process.stderr.write(`\r  ${points(done, proof)} points, ${done.disagreements} disagree `)
    if (found.length > 0) process.exitCode = 1
    // Lets an interrupt be heard between two batches.
    await new Promise((resolve) => setImmediate(resolve))
  }
  await proof.end?.()
  record(name, proof, done)
  const rate = Math.round((done.batches * proof.pointsPerBatch) / Math.max(done.seconds, 0.001))
  console.log(
    `${name}: ${points(done, proof)} points, ${done.disagreements} disagree, ${grouped(rate)} points/s${done.batches < wanted ? '; call again to go on' : ''}`,
  )
}

function points({ batches }: Progress, { pointsPerBatch }: Proof): string {
  return grouped(batches * pointsPerBatch)
}

function progressIn(file: string, fingerprint: string): Progress {
  const fresh = { fingerprint, batches: 0, seconds: 0, disagreements: 0 }
  const text = textOf(file)
  if (text === null) return fresh
  const kept = JSON.parse(text) as Progress
  return kept.fingerprint === fingerprint ? kept : fresh
}

function save(file: string, progress: Progress): void {
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, `${JSON.stringify(progress)}\n`)
}

function record(name: string, proof: Proof, done: Progress): void {
  const file = join(root, 'docs', 'proofs.md')
  const key = `| ${name} | ${done.fingerprint} |`
  const rate = Math.round((done.batches * proof.pointsPerBatch) / Math.max(done.seconds, 0.001))
  const day = new Date().toISOString().slice(0, 10)
  const row = `${key} ${startedOn} | ${day} | ${points(done, proof)} | ${done.disagreements} | ${grouped(rate)} |`
  const lines = (textOf(file) ?? heading).trimEnd().split('\n')
  writeFileSync(file, `${[...lines.filter((line) => !line.startsWith(key)), row].join('\n')}\n`)
}

function fingerprintOf(entries: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of [...withImports(entries)].sort()) {
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0')
  }
  return hash.digest('hex').slice(0, 12)
}

/** These files and what they import of ours, as far as it runs: types decide nothing. */
function withImports(entries: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  const follow = (path: string) => {
    if (found.has(path)) return
    found.add(path)
    const text = readFileSync(join(root, path), 'utf8')
    for (const [, target] of text.matchAll(/^(?:import (?!type)[^']*|\} )from '(\.[^']+)'/gm)) {
      if (target !== undefined) follow(join(dirname(path), target))
    }
  }
  entries.forEach(follow)
  return found
}

function commit(): string {
  const git = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' })
  return git.status === 0 ? git.stdout.trim() : 'no commit'
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function grouped(n: number): string {
  return n.toLocaleString('en-US')
}

function refuse(message: string): never {
  console.error(message)
  process.exit(2)
}
