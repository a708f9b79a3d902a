// Part of `npm run check`: the licence of every package of the lock file against those agreed to; prints the report.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './start.mjs'

/** Permissive ones, and MPL-2.0, whose duties end at its own files. */
const agreed: ReadonlySet<string> = new Set([
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Unlicense',
  'OFL-1.1',
  'MPL-2.0',
])

/** Packages whose package.json says nothing, and what the licence text inside them is. */
const readByUs: Readonly<Record<string, string>> = { 'png-js': 'MIT' }

export interface LockedPackage {
  readonly license?: string
  readonly link?: boolean
}

/** The packages by licence; ours (workspaces and links) are left out. One that names none counts under `none`. */
export function byLicence(packages: Readonly<Record<string, LockedPackage>>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const [path, { license, link }] of Object.entries(packages)) {
    if (!path.includes('node_modules/') || link === true) continue
    const name = path.slice(path.lastIndexOf('node_modules/') + 13)
    const licence = license ?? readByUs[name] ?? 'none'
    found.set(licence, [...(found.get(licence) ?? []), name])
  }
  return found
}

/** Whether every part of an SPDX expression is agreed to; of alternatives all must be, since nobody chose one. */
export function isAgreed(expression: string): boolean {
  return expression.split(/ AND | OR |[()]/).every((part) => part.trim() === '' || agreed.has(part.trim()))
}

if (process.argv[1] === import.meta.filename) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>
  }
  const found = byLicence(lock.packages)
  for (const [licence, names] of [...found].sort(([a], [b]) => a.localeCompare(b))) {
    if (process.argv.includes('--report')) console.log(`${licence}: ${names.join(', ')}`)
    if (isAgreed(licence)) continue
    console.error(`The licence "${licence}" is not agreed to (scripts/licences.ts): ${names.join(', ')}`)
    process.exitCode = 1
  }
}
