import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { dataFolder } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import {
  countingKeysToEnd,
  destroyDueKeys,
  escrowCountingRoot,
  replaceCountingRoot,
  rootState,
  sealCountingRoot,
  unsealCountingRoot,
} from '@tongguan/server/flows/keep-counting-root'
import type { Words } from '@tongguan/law'
import { dayOrToday } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { openExisting } from './open-existing.ts'
import { rootStateWords } from './root-words.ts'
import type { Terminal } from './terminal.ts'

export const countingRootActions = ['seal', 'unseal', 'escrow', 'destroy', 'rotate-counting'] as const
export type CountingRootAction = (typeof countingRootActions)[number]

interface Options {
  readonly data?: string
  readonly on?: string
  readonly out?: string
  readonly passphrase?: readonly string[]
  readonly share?: readonly string[]
  readonly need?: string
  readonly of?: string
  readonly preview?: boolean
}

/** `keys seal|unseal|escrow|destroy|rotate-counting`: the root of the counting keys and the end of those keys. */
export async function countingRootCommand(
  terminal: Terminal,
  action: CountingRootAction,
  options: Options,
): Promise<ExitCode> {
  const data = dataFolder(options.data)
  if (action === 'destroy' || action === 'rotate-counting') return endCommand(terminal, action, options)
  if (options.preview === true) {
    const state = rootState(data)
    terminal.answer({ state, action, file: data.countingRoot, sealed: data.sealedRoot })
    terminal.say({
      zh: `计数根密钥：${rootStateWords[state].zh}`,
      en: `Root of the counting keys: ${rootStateWords[state].en}`,
    })
    terminal.say(previews[action])
    return exitCode.done
  }
  if (action === 'escrow') {
    if (options.out === undefined) throw outMissing()
    const of = { need: Number(options.need ?? 3), of: Number(options.of ?? 5) }
    const { root, files } = await escrowCountingRoot(data, { ...of, out: options.out })
    terminal.answer({ root, files, ...of })
    terminal.say({
      zh: `根密钥 ${root} 的 ${of.of} 份份额，任意 ${of.need} 份可恢复。请分交不同的人，再从此处删除：`,
      en: `${of.of} shares of the root key ${root}, any ${of.need} of which bring it back. Hand them to different persons and delete them here:`,
    })
    for (const file of files) terminal.say(`  ${file}`)
    return exitCode.done
  }
  const root =
    action === 'seal'
      ? await sealCountingRoot(data, options.passphrase ?? [])
      : await unsealCountingRoot(data, {
          passphrases: options.passphrase ?? [],
          shares: options.share ?? [],
          ...(options.out === undefined ? {} : { out: options.out }),
        })
  const state = rootState(data)
  terminal.answer({ root, state })
  terminal.say({
    zh: `计数根密钥 ${root}：${rootStateWords[state].zh}`,
    en: `Root ${root} of the counting keys: ${rootStateWords[state].en}`,
  })
  return exitCode.done
}

async function endCommand(
  terminal: Terminal,
  action: 'destroy' | 'rotate-counting',
  options: Options,
): Promise<ExitCode> {
  const data = dataFolder(options.data)
  const on = dayOrToday(options.on)
  if (on > dayOrToday(undefined)) {
    throw new InputError('key.day-to-come', {
      zh: `--on ${on} 尚未到来；密钥不能提前销毁。`,
      en: `--on ${on} is still to come; a key is not destroyed before its day.`,
    })
  }
  const records = await openExisting(data)
  try {
    const why = action === 'destroy' ? 'due' : 'compromised'
    const isPreview = options.preview === true
    const done = isPreview
      ? { ended: await countingKeysToEnd(records.db, { why, on }) }
      : action === 'destroy'
        ? { ended: await destroyDueKeys(records.db, data, on) }
        : await replaceCountingRoot(records.db, data, { on, fresh: randomBytes(32) })
    terminal.answer({ ...done, why, on, preview: isPreview })
    terminal.say(
      isPreview
        ? {
            zh: `将结束 ${done.ended.length} 个人数账本的密钥：`,
            en: `The keys of ${done.ended.length} person sets would end:`,
          }
        : {
            zh: `已结束 ${done.ended.length} 个人数账本的密钥：`,
            en: `The keys of ${done.ended.length} person sets ended:`,
          },
    )
    terminal.table(done.ended.map(({ set, general, sensitive }) => [set, `${general} + ${sensitive}`]))
    if (action === 'rotate-counting' && !isPreview) sayRotated(terminal, existsSync(data.consents))
    return exitCode.done
  } finally {
    await records.close()
  }
}

function sayRotated(terminal: Terminal, hasConsents: boolean): void {
  terminal.say({
    zh: '  旧标记不可再比对：已计人数作为期初数保留，同一人再次出境将另计一人。新的根密钥未密封，请运行 keys seal，并重做托管份额。',
    en: '  Old marks cannot be compared any more: the count stays as an opening amount, and a person who goes out again counts again. The new root is not sealed: run keys seal, and make new escrow shares.',
  })
  if (!hasConsents) return
  terminal.say({
    zh: '  单独同意登记用旧的根密钥标记个人，须重新登记；在此之前批次会被拦下。',
    en: '  The register of consents marks persons under the old root and has to be entered anew; batches are held until then.',
  })
}

const previews: Record<'seal' | 'unseal' | 'escrow', Words> = {
  seal: {
    zh: '  将用至少两人的口令密封，并删除未密封的文件。',
    en: '  It would be sealed under the passphrases of at least two persons, and the plain file removed.',
  },
  unseal: {
    zh: '  将用两人的口令（或托管份额）打开，供闸口使用，直到 keys seal。',
    en: '  It would be opened by two passphrases (or escrow shares) for the gate to work with, until keys seal.',
  },
  escrow: {
    zh: '  将写出份额文件；根密钥本身不变。',
    en: '  Files with shares would be written; the root itself stays as it is.',
  },
}

function outMissing(): InputError {
  return new InputError('key.call-incomplete', {
    zh: '需要 --out 文件夹。例如：npx tongguan keys escrow --need 3 --of 5 --out ./shares',
    en: 'The folder --out is needed. For example: npx tongguan keys escrow --need 3 --of 5 --out ./shares',
  })
}
