import type { Words } from '@tongguan/law'
import type { Command, CommanderError } from 'commander'
import type { Terminal } from './terminal.ts'

/** A call commander refused, as a stable code with words in both languages; `--help` asked for is no failure. */
export function usageFailure(error: CommanderError): { readonly code: string; readonly words: Words } {
  // Commander puts what it is about into quotes.
  const name = /'([^']*)'/.exec(error.message)?.[1] ?? ''
  const known = failures[error.code]
  const hint = { zh: '用法见 npx tongguan --help。', en: 'See npx tongguan --help.' }
  if (known === undefined) {
    const message = error.message.replace(/^error: /, '')
    return { code: 'call.wrong', words: { zh: `${message}。${hint.zh}`, en: `${message}. ${hint.en}` } }
  }
  return { code: known.code, words: { zh: `${known.zh(name)}。${hint.zh}`, en: `${known.en(name)}. ${hint.en}` } }
}

const failures: Readonly<
  Record<
    string,
    { readonly code: string; readonly zh: (name: string) => string; readonly en: (name: string) => string }
  >
> = {
  'commander.unknownCommand': {
    code: 'call.unknown-command',
    zh: (name) => `没有命令“${name}”`,
    en: (name) => `There is no command "${name}"`,
  },
  'commander.unknownOption': {
    code: 'call.unknown-option',
    zh: (name) => `没有选项“${name}”`,
    en: (name) => `There is no option "${name}"`,
  },
  'commander.missingArgument': {
    code: 'call.missing-argument',
    zh: (name) => `缺少参数“${name}”`,
    en: (name) => `The argument "${name}" is missing`,
  },
  'commander.missingMandatoryOptionValue': {
    code: 'call.missing-option',
    zh: (name) => `必须给出选项“${name}”`,
    en: (name) => `The option "${name}" is needed`,
  },
  'commander.optionMissingArgument': {
    code: 'call.option-without-value',
    zh: (name) => `选项“${name}”缺少取值`,
    en: (name) => `The option "${name}" lacks its value`,
  },
  'commander.invalidArgument': {
    code: 'call.value-not-allowed',
    zh: (name) => `选项“${name}”不接受这个取值`,
    en: (name) => `The option "${name}" does not take this value`,
  },
  'commander.excessArguments': {
    code: 'call.too-many-arguments',
    zh: () => '参数太多',
    en: () => 'There are too many arguments',
  },
}

/** Help in the terminal's language, and commander's own complaints left to `usageFailure`. Subcommands inherit it. */
export function speak(command: Command, terminal: Terminal): Command {
  const titles: Readonly<Record<string, string>> =
    terminal.language === 'zh'
      ? { 'Usage:': '用法：', 'Options:': '选项：', 'Commands:': '命令：', 'Arguments:': '参数：' }
      : {}
  return command
    .configureOutput({
      writeOut: (text) => void terminal.streams.out.write(text),
      writeErr: (text) => void terminal.streams.err.write(text),
      outputError: () => undefined,
    })
    .showHelpAfterError()
    .configureHelp({ showGlobalOptions: false, styleTitle: (title) => titles[title] ?? title })
    .helpOption('-h, --help', terminal.text({ zh: '显示帮助', en: 'show this help' }))
    .helpCommand('help [command]', terminal.text({ zh: '某个命令的帮助', en: 'help for a command' }))
}
