// The recipient's program: `tongguan verify` alone, bundled into one file (scripts/verifier-package.ts). The same checks,
// exit codes and JSON; where `tongguan` looks for the installation's own trust file, this one wants it named.
import { Command } from 'commander'
import { complain } from '../complain.ts'
import { exitCode } from '../exit-codes.ts'
import type { ExitCode } from '../exit-codes.ts'
import { languageOf, Terminal } from '../terminal.ts'
import { verifyCommand } from '../verify.ts'
import type { VerifyOptions } from '../verify.ts'

const words = process.argv.slice(2)
const named = words.find((_, at) => words[at - 1] === '--lang') ?? words.find((word) => word.startsWith('--lang='))
const terminal = new Terminal({
  language: languageOf(named?.replace('--lang=', ''), process.env),
  json: words.includes('--json'),
})
const text = (zh: string, en: string) => terminal.text({ zh, en })

try {
  process.exitCode = await run()
} catch (error) {
  process.exitCode = complain(terminal, error)
}

async function run(): Promise<ExitCode> {
  let code: ExitCode = exitCode.done
  const command = new Command('tongguan-verify')
    .description(
      text(
        '境外接收方离线核验一次放行。退出码：0 有效，1 拒绝，2 命令或输入有误，3 故障。',
        "The overseas recipient's check of a release, offline. Exit codes: 0 valid, 1 refused, 2 a wrong call or input, 3 something broke.",
      ),
    )
    .argument('<release>', text('放行文件夹', 'the folder of the release'))
    .requiredOption(
      '--trust <file>',
      text('信任文件，须从别处得到', 'the trust file; it must have come to you by another way'),
    )
    .option('--allow-pilot', text('接受模拟签名', 'accept simulated signatures'))
    .option('--identity <key>', text('接收方的密钥文件', "the recipient's key file, to open a sealed release"))
    .option('--open <folder>', text('解密到这个新文件夹', 'a new folder the opened files go into'))
    .option('--receipt <out>', text('写出签名的回执', 'where the signed receipt goes'))
    .option('--json', text('供机器读取的结果', 'the answer for machines'))
    .option('--lang <zh|en>', text('语言', 'language'))
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .action(async (folder: string, options: VerifyOptions) => {
      code = await verifyCommand(terminal, folder, options)
    })
  if (words.length === 0) {
    command.outputHelp()
    return exitCode.wrong
  }
  await command.parseAsync(words, { from: 'user' })
  return code
}
