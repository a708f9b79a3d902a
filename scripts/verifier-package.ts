// `node scripts/verifier-package.ts [FOLDER]`: makes tongguan-verify-X.tgz, the recipient's program as one file without
// dependencies, from the code of `tongguan verify`; prints the sizes. How a recipient runs it: cli/verifier/README.md.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { root } from './start.mjs'

const program = 'tongguan-verify.mjs'

/** Makes the package in a folder; the answer is its path and the bytes of the tarball and of the program in it. */
export async function packVerifier(
  folder: string,
): Promise<{ readonly path: string; readonly bytes: number; readonly programBytes: number }> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }
  const stage = mkdtempSync(join(tmpdir(), 'tongguan-verifier-'))
  try {
    const code = `#!/usr/bin/env node\n${await bundle()}`
    writeFileSync(join(stage, program), code, { mode: 0o755 })
    copyFileSync(join(root, 'cli/verifier/README.md'), join(stage, 'README.md'))
    copyFileSync(join(root, 'LICENSE'), join(stage, 'LICENSE'))
    writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifestOf(version), null, 2)}\n`)
    mkdirSync(folder, { recursive: true })
    const packed = spawnSync('npm', ['pack', '--silent', '--pack-destination', folder], {
      cwd: stage,
      encoding: 'utf8',
    })
    if (packed.status !== 0) throw new Error(`npm pack: ${packed.error?.message ?? packed.stderr}`)
    const path = join(folder, `tongguan-verify-${version}.tgz`)
    return { path, bytes: statSync(path).size, programBytes: Buffer.byteLength(code) }
  } finally {
    rmSync(stage, { recursive: true, force: true })
  }
}

function manifestOf(version: string) {
  return {
    name: 'tongguan-verify',
    version,
    description: "The overseas recipient's check of a release: offline, from the bytes and the trust file alone",
    license: 'Apache-2.0',
    type: 'module',
    bin: { 'tongguan-verify': program },
    engines: { node: '>=20.12' },
  }
}

async function bundle(): Promise<string> {
  // What a module does on being loaded is dropped unless something of it is used: the doors of the trades reach databases.
  const made = await rolldown({
    input: join(root, 'cli/verifier/main.ts'),
    platform: 'node',
    treeshake: { moduleSideEffects: false },
  })
  const { output } = await made.generate({ format: 'esm', minify: true, codeSplitting: false })
  await made.close()
  const [entry, ...more] = output
  const foreign = entry.imports.filter((name) => !name.startsWith('node:'))
  if (more.length > 0 || foreign.length > 0) {
    throw new Error(`the verifier is not one file: ${[...more.map(({ fileName }) => fileName), ...foreign].join(', ')}`)
  }
  return entry.code
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { path, bytes, programBytes } = await packVerifier(resolve(process.argv[2] ?? '.'))
  const kilobytes = (n: number) => `${(n / 1000).toFixed(0)} KB`
  console.log(`${path}  ${kilobytes(bytes)}; the program unpacked ${kilobytes(programBytes)}, no dependencies`)
}
