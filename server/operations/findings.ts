import { holidaysOf } from '@tongguan/law'
import type { LegalDate, Words } from '@tongguan/law'
import type { TrustedKey } from '@tongguan/gate'
import type { CaseLogReport } from '../case-log.ts'

/** What the doctor says of one thing: `well`, `matters` (somebody should act; also what could not be looked at), `broken`. */
export interface Finding {
  readonly code: string
  readonly state: 'well' | 'matters' | 'broken'
  readonly words: Words
}

type State = Finding['state']

const finding = (code: string, state: State, zh: string, en: string): Finding => ({ code, state, words: { zh, en } })

/** The Node this software is made for: its version as `process.versions.node` writes it. */
export function judgeNode(version: string): Finding {
  const [major] = version.split('.')
  return major === '24'
    ? finding('node', 'well', `Node ${version}`, `Node ${version}`)
    : finding(
        'node',
        'broken',
        `Node ${version}；须用 Node 24。请用 npx tongguan 启动，它自带正确的版本。`,
        `Node ${version}; Node 24 is needed. Start with npx tongguan, which brings its own.`,
      )
}

export function judgeEngine(
  engine: { readonly contained: 'process' | 'bubblewrap'; readonly version: string } | { readonly failed: string },
): Finding {
  if ('failed' in engine) {
    return finding(
      'engine',
      'broken',
      `扫描引擎无法启动：${engine.failed}。请重新安装（npm install）；闸口在此之前不放行。`,
      `The scanning engine does not start: ${engine.failed}. Install again (npm install); until then the gate releases nothing.`,
    )
  }
  const { contained, version } = engine
  return contained === 'bubblewrap'
    ? finding('engine', 'well', `扫描引擎 ${version}，在 bubblewrap 内运行`, `Engine ${version}, inside bubblewrap`)
    : finding(
        'engine',
        'matters',
        `扫描引擎 ${version} 未被隔离：没有 /usr/bin/bwrap 或不许建立命名空间。请安装 bubblewrap 并允许用户命名空间。`,
        `Engine ${version} is not contained: no /usr/bin/bwrap, or no right to make namespaces. Install bubblewrap and allow user namespaces.`,
      )
}

/** Below this a release's private copy or a write may fail; below a tenth of it the next write may. In bytes. */
export const littleSpace = 2 * 1024 ** 3

export function judgeSpace(path: string, free: number): Finding {
  const gigabytes = (free / 1024 ** 3).toFixed(1)
  const state = free < littleSpace / 10 ? 'broken' : free < littleSpace ? 'matters' : 'well'
  return state === 'well'
    ? finding('space', state, `${path} 可用 ${gigabytes} GiB`, `${gigabytes} GiB free at ${path}`)
    : finding(
        'space',
        state,
        `${path} 仅余 ${gigabytes} GiB。请清理，或把数据、TMPDIR 移到更大的磁盘。`,
        `Only ${gigabytes} GiB free at ${path}. Free some, or move the data or TMPDIR to a larger disk.`,
      )
}

/** @param open files and folders of secrets that others than the owner may read or write */
export function judgePermissions(keys: string, open: readonly string[]): Finding {
  return open.length === 0
    ? finding('permissions', 'well', '密钥只有其所有者可读', 'Keys are readable by their owner only')
    : finding(
        'permissions',
        'broken',
        `其他用户可读写：${open.join('、')}。运行 chmod -R go= ${keys}；若可能已被读取，请 keys rotate。`,
        `Others may read or write ${open.join(', ')}. Run chmod -R go= ${keys}; if somebody may have read them, keys rotate.`,
      )
}

export type SeenDatabase =
  | { readonly kind: 'none' }
  | { readonly kind: 'unreachable'; readonly code: string; readonly words: Words }
  | {
      readonly kind: 'open'
      readonly which: 'embedded' | 'postgresql'
      readonly applied: readonly { readonly id: string; readonly at: Date }[]
      readonly pending: readonly string[]
      readonly unknown: readonly string[]
      /** Files of the embedded database this process may write without the kernel syncing each write; null where that is not seen here. */
      readonly unsynced: readonly string[] | null
      /** The database's clock less this machine's, in ms. */
      readonly skewMs: number
    }

export function judgeDatabase(seen: SeenDatabase): readonly Finding[] {
  if (seen.kind === 'none') {
    return [
      finding(
        'database',
        'matters',
        '还没有数据库。先运行 tongguan init。',
        'There is no database yet. Run tongguan init first.',
      ),
    ]
  }
  if (seen.kind === 'unreachable') {
    const inUse = seen.code === 'database.in-use'
    const hint = {
      zh: inUse ? '服务器在运行时，请查看 /v1/ready；或停下它再运行 doctor。' : '请检查地址、网络与权限。',
      en: inUse
        ? 'While the server runs, ask /v1/ready; or stop it and run doctor again.'
        : 'Check address, network and rights.',
    }
    // What nobody could look at is not well.
    return [
      finding(seen.code, inUse ? 'matters' : 'broken', `${seen.words.zh} ${hint.zh}`, `${seen.words.en} ${hint.en}`),
    ]
  }
  const skew = Math.round(seen.skewMs / 1000)
  return [
    finding('database', 'well', `数据库可用（${seen.which}）`, `The database answers (${seen.which})`),
    judgeMigrations(seen),
    ...(seen.which === 'embedded' ? [judgeDurability(seen.unsynced)] : []),
    Math.abs(skew) <= 2
      ? finding('clock.skew', 'well', '与数据库的时钟一致', 'This clock and the database’s agree')
      : finding(
          'clock.skew',
          'matters',
          `数据库的时钟相差 ${skew} 秒。请在两台机器上启用时间同步（NTP）。`,
          `The database's clock differs by ${skew} s. Have both machines keep time (NTP).`,
        ),
  ]
}

function judgeMigrations({ applied, pending, unknown }: SeenDatabase & { readonly kind: 'open' }): Finding {
  if (unknown.length > 0) {
    return finding(
      'database.newer',
      'broken',
      `数据库比本软件新（${unknown.join('、')}）。请安装较新的版本。`,
      `The database is newer than this software (${unknown.join(', ')}). Install the newer version.`,
    )
  }
  return pending.length === 0
    ? finding('migrations', 'well', `${applied.length} 次升级均已应用`, `All ${applied.length} migrations are applied`)
    : finding(
        'migrations',
        'matters',
        `尚未应用：${pending.join('、')}。先 tongguan backup，再 tongguan migrate。`,
        `Not applied yet: ${pending.join(', ')}. Run tongguan backup, then tongguan migrate.`,
      )
}

function judgeDurability(unsynced: readonly string[] | null): Finding {
  if (unsynced === null) {
    return finding(
      'durability',
      'matters',
      '本系统上看不到数据库文件是否同步写入（没有 /proc）。请用 Linux 或 PostgreSQL。',
      'Whether database files are written through cannot be seen here (no /proc). Use Linux, or a PostgreSQL.',
    )
  }
  return unsynced.length === 0
    ? finding('durability', 'well', '数据库文件同步写入磁盘', 'Database files are written through to the disk')
    : finding(
        'durability',
        'broken',
        `未同步写入：${unsynced.join('、')}。断电会丢失已确认的数据；请勿使用，并报告此事。`,
        `Not written through: ${unsynced.join(', ')}. A power cut would lose what was confirmed; do not use it, and report this.`,
      )
}

export function judgeCalendar(on: LegalDate): Finding {
  const year = Number(on.slice(0, 4))
  return holidaysOf(year).provisional
    ? finding(
        'clock.holidays',
        'matters',
        `本机日期 ${on}：该年的放假安排未收录，期限为暂算。请核对日期，或升级软件。`,
        `It is ${on} here: that year's holidays are not announced in this software, so due dates are provisional. Check the date, or upgrade.`,
      )
    : finding('clock.holidays', 'well', `${on}：放假安排已收录`, `${on}: the year's holidays are known`)
}

const soonDays = 30

/** @param keys of the trust file; a string says why it cannot be read, undefined that there is none */
export function judgeTrust(
  keys: readonly TrustedKey[] | Words | undefined,
  { on, soon, production }: { readonly on: LegalDate; readonly soon: LegalDate; readonly production: boolean },
): readonly Finding[] {
  if (keys === undefined) {
    return [
      finding(
        'trust',
        'matters',
        '还没有信任文件。先运行 tongguan init。',
        'There is no trust file yet. Run tongguan init first.',
      ),
    ]
  }
  if (!isList(keys)) return [{ code: 'trust', state: 'broken', words: keys }]
  const inForce = keys.filter(({ revokedOn }) => revokedOn === undefined)
  const ending = inForce.filter(({ validUntil }) => validUntil !== undefined && on <= validUntil && validUntil <= soon)
  const simulated = inForce.filter((key) => key.simulated)
  return [
    finding('trust', 'well', `信任文件有 ${keys.length} 个密钥`, `${keys.length} keys in the trust file`),
    ...ending.map(({ name, validUntil }) =>
      finding(
        'trust.ends-soon',
        'matters',
        `密钥“${name}”在 ${validUntil} 到期（${soonDays} 日之内）。请 keys rotate 并分发新的信任文件。`,
        `The key "${name}" ends on ${validUntil}, within ${soonDays} days. Run keys rotate and hand out the new trust file.`,
      ),
    ),
    ...(production && simulated.length > 0
      ? [
          finding(
            'pilot.keys',
            'broken',
            `正式系统的信任文件里有模拟密钥：${simulated.map(({ name }) => name).join('、')}。请停止放行并撤销它们（keys revoke）。`,
            `Simulated keys in the trust file of a production: ${simulated.map(({ name }) => name).join(', ')}. Stop releasing and revoke them (keys revoke).`,
          ),
        ]
      : []),
  ]
}

function isList(keys: readonly TrustedKey[] | Words): keys is readonly TrustedKey[] {
  return Array.isArray(keys)
}

/** @param list instants of the list in RFC 3339; words say why it cannot be used */
export function judgeRevocations(
  list: { readonly issuedAt: string; readonly nextUpdate: string } | Words | undefined,
  now: Date,
): Finding {
  if (list === undefined) {
    return finding(
      'revocations',
      'matters',
      '没有撤销清单：批次会被扣留。请取得主管部门最新的清单（gate release --revocations）。',
      "There is no revocation list: batches will be held. Get the authority's newest one (gate release --revocations).",
    )
  }
  if (!('issuedAt' in list)) return { code: 'revocations', state: 'broken', words: list }
  return Date.parse(list.nextUpdate) < now.getTime()
    ? finding(
        'revocations',
        'matters',
        `撤销清单已过期（${list.issuedAt}，应于 ${list.nextUpdate} 前更新）：批次会被扣留。请取得新的清单。`,
        `The revocation list is out of date (${list.issuedAt}, due anew by ${list.nextUpdate}): batches will be held. Get a new one.`,
      )
    : finding('revocations', 'well', `撤销清单 ${list.issuedAt}`, `Revocation list of ${list.issuedAt}`)
}

/** @param problems of the log as `log verify` words them; undefined where no log is published yet */
export function judgeLog(
  log: { readonly entries: number; readonly problems: readonly Words[] } | undefined,
): readonly Finding[] {
  if (log === undefined) return [finding('log', 'well', '还没有公开日志', 'No log is published yet')]
  if (log.problems.length === 0) {
    return [
      finding(
        'log',
        'well',
        `公开日志 ${log.entries} 条，全部重算相符`,
        `The log's ${log.entries} entries were all recomputed`,
      ),
    ]
  }
  return log.problems.map(({ zh, en }) =>
    finding(
      'log',
      'broken',
      `日志：${zh}。请停止放行并保全现场。`,
      `The log: ${en}. Stop releasing and keep everything as it is.`,
    ),
  )
}

/** The events of the cases against the leaves that bind them. */
export function judgeCaseLog({ logged, waiting, wrong }: CaseLogReport): readonly Finding[] {
  if (wrong.length > 0) {
    const which = wrong.slice(0, 5).map(({ no, seq }) => `${no} #${seq}`)
    return [
      finding(
        'case-log',
        'broken',
        `有 ${wrong.length} 个案件事件与日志不符（${which.join('、')}）：数据库被改动过。请停止办理并保全现场。`,
        `${wrong.length} events of cases differ from the log (${which.join(', ')}): the database was changed. Stop work and keep everything as it is.`,
      ),
    ]
  }
  if (logged + waiting === 0) return []
  const both: Words = {
    zh: `案件事件 ${logged} 个已入日志并相符，${waiting} 个待入`,
    en: `${logged} events of cases stand in the log as they are; ${waiting} wait for it`,
  }
  // A server at work brings them in every half a minute.
  return waiting < waitingMany
    ? [finding('case-log', 'well', both.zh, both.en)]
    : [
        finding(
          'case-log',
          'matters',
          `${both.zh}。请运行 npx tongguan serve；若正在运行，请看其输出中的 [log]。`,
          `${both.en}. Run npx tongguan serve; if it runs, look for [log] in what it prints.`,
        ),
      ]
}

const waitingMany = 1000

export function judgePilot(production: boolean, databaseIsPilots: boolean): Finding {
  return production && databaseIsPilots
    ? finding(
        'pilot.database',
        'broken',
        '正式系统的文件夹里是试用数据库。请停止使用，恢复正式的备份到新文件夹。',
        "A pilot's database lies in the folder of a production. Stop using it and restore a real backup into a new folder.",
      )
    : finding('pilot.database', 'well', '数据库与文件夹的用途一致', 'The database and its folder are of one kind')
}
