// A real Chromium for the tests: Debian's. On a fresh machine it is installed first, which needs root and apt.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { words } from '../../scripts/start.mjs'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]
// The fonts are for the screenshots: without them Chinese is drawn as boxes.
const packages = ['chromium', 'fonts-noto-cjk']

/** Where Chromium is; installs it when this is root on a machine with apt. Throws with what to type otherwise. */
export function chromium(): string {
  const found = places.find((place) => existsSync(place))
  if (found !== undefined) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.error(
      words(
        `未找到 Chromium，正在通过 apt 安装 ${packages.join('、')}（解压后约 500 MB）……`,
        `No Chromium here: installing ${packages.join(' and ')} through apt (about 500 MB unpacked) …`,
      ),
    )
    apt('update')
    apt('install', '--yes', '--no-install-recommends', ...packages)
    const installed = places.find((place) => existsSync(place))
    if (installed !== undefined) return installed
  }
  throw new Error(
    words(
      `浏览器测试需要 Chromium，但 ${places.join('、')} 均不存在。请运行：sudo apt-get update && sudo apt-get install ${packages.join(' ')}`,
      `The browser tests need Chromium, and none of ${places.join(', ')} is there. Run: sudo apt-get update && sudo apt-get install ${packages.join(' ')}`,
    ),
  )
}

/** The flags under which Debian's Chromium runs as root and speaks to nobody but the page's own server. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const

function apt(...args: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const run = spawnSync('apt-get', ['-q', ...args], { stdio: ['ignore', 2, 2], env })
  if (run.status === 0) return
  throw new Error(
    words(
      `apt-get ${args.join(' ')} 失败（退出码 ${String(run.status)}）。请检查网络与软件源，或手动安装后重试。`,
      `apt-get ${args.join(' ')} failed (exit code ${String(run.status)}). Check the network and the package source, or install it by hand and try again.`,
    ),
  )
}
