import { dataFolder } from '@tongguan/server/data-folder'
import { InputError } from '@tongguan/server/errors'
import { carryOutSetUp, planSetUp } from '@tongguan/server/flows/set-up'
import type { PlannedPart, SetUp } from '@tongguan/server/flows/set-up'
import { mailSettingsOf } from '@tongguan/server/mail-settings'
import { publicOrigin } from '@tongguan/server/public-origin'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { portOf } from './serve.ts'
import type { Terminal } from './terminal.ts'

interface InitOptions {
  readonly role?: SetUp['role']
  readonly name?: string
  readonly creditCode?: string
  readonly province?: string
  readonly administrator?: string
  readonly email?: string
  readonly data?: string
  readonly port?: string
  readonly origin?: string
  readonly smtp?: string
  readonly mailFrom?: string
  readonly preview?: boolean
}

/** `init`: the first real set-up, with `--preview` what it would make. Again, it makes what is missing. */
export async function initCommand(terminal: Terminal, options: InitOptions): Promise<ExitCode> {
  const data = dataFolder(options.data)
  const setUp = asked(options)
  const portal =
    options.origin === undefined ? `http://127.0.0.1:${portOf(options.port) ?? 7420}` : publicOrigin(options.origin)
  if (options.preview === true) {
    const parts = await planSetUp(data, setUp)
    terminal.answer({ preview: true, parts })
    terminal.say({ zh: '预览，没有作任何改动：', en: 'A preview; nothing was changed:' })
    sayParts(terminal, parts, { zh: '将建立', en: 'to be made' })
    return exitCode.done
  }
  const { parts, invitation } = await carryOutSetUp(data, setUp, new Date())
  const link = invitation === null ? null : `${portal}/join#${invitation.token}`
  terminal.answer({ parts, invitation: link, expiresAt: invitation?.expiresAt.toISOString() ?? null })
  sayParts(terminal, parts, { zh: '已建立', en: 'made' })
  sayNext(terminal, data.folder, { setUp, link, origin: options.origin })
  return exitCode.done
}

function asked(options: InitOptions): SetUp {
  const { role, name, creditCode, province, administrator, email } = options
  if (role === undefined || name === undefined) {
    throw new InputError('init.call-incomplete', {
      zh: '需要 --role（handler、authority、exchange、witness）与 --name。例如：npx tongguan init --role handler --name 某医院 --credit-code … --administrator 张三 --email zhang@hospital.example',
      en: 'Needs --role (handler, authority, exchange, witness) and --name. For example: npx tongguan init --role handler --name "A hospital" --credit-code … --administrator "Zhang San" --email zhang@hospital.example',
    })
  }
  const mail = mailSettingsOf(options.smtp, options.mailFrom)
  return {
    role,
    ...(mail === undefined ? {} : { mail }),
    organisation: name,
    ...(creditCode === undefined ? {} : { creditCode }),
    ...(province === undefined ? {} : { province }),
    ...(administrator === undefined || email === undefined ? {} : { administrator: { name: administrator, email } }),
  }
}

function sayParts(
  terminal: Terminal,
  parts: readonly PlannedPart[],
  made: { readonly zh: string; readonly en: string },
): void {
  const there = { zh: '已有，不变', en: 'there, left as it is' }
  terminal.table(
    parts.map(({ words, state, path }) => [
      terminal.text(words),
      terminal.text(state === 'there' ? there : made),
      path,
    ]),
  )
}

function sayNext(
  terminal: Terminal,
  folder: string,
  {
    setUp: { role },
    link,
    origin,
  }: { readonly setUp: SetUp; readonly link: string | null; readonly origin: string | undefined },
): void {
  if (role === 'witness') {
    terminal.say({
      zh: `下一步：把 ${folder}/trust.json 交给日志的运行者，然后运行 npx tongguan log witness。`,
      en: `Next: hand ${folder}/trust.json to whoever runs the log, then run npx tongguan log witness.`,
    })
    return
  }
  terminal.say({ zh: '下一步：', en: 'Next:' })
  terminal.say(`  npx tongguan serve --data ${folder}${origin === undefined ? '' : ` --origin ${origin}`}`)
  if (link === null) {
    terminal.say({ zh: '  首位管理员已加入。', en: '  The first administrator has joined already.' })
    return
  }
  terminal.say({
    zh: '  并请首位管理员打开（七天内有效，只能用一次，只显示这一次）：',
    en: '  and let the first administrator open (good for seven days, once, and shown this once):',
  })
  terminal.say(`  ${link}`)
}
