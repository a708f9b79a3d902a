import { BasisClaimSchema, PermitSchema, basisExample, permitExample } from '@tongguan/server/contract/permit'
import { readYamlFile } from '@tongguan/server/contract/yaml-file'
import { dataFolder, readKeyFile, readTrustFile } from '@tongguan/server/data-folder'
import { readFacts } from '@tongguan/server/facts-file'
import { loadedLists } from '@tongguan/server/loaded-lists'
import { InputError } from '@tongguan/server/errors'
import { makeBasis } from '@tongguan/server/flows/make-basis'
import { existsSync } from 'node:fs'
import { dayOrToday } from './days.ts'
import { exitCode } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { printReasons } from './print-release.ts'
import { writeWhole } from './write-whole.ts'
import type { Terminal } from './terminal.ts'

/**
 * `gate basis CLAIM --facts FACTS --as KEY --out FILE`: what exports without an assessment rest on, signed by one person;
 * run once more with the same --out by the second.
 */
export async function basisCommand(
  terminal: Terminal,
  claimFile: string | undefined,
  options: {
    readonly facts?: string
    readonly as?: string
    readonly out?: string
    readonly trust?: string
    readonly data?: string
    readonly on?: string
  },
): Promise<ExitCode> {
  const { facts: factsFile, as, out } = options
  if (claimFile === undefined || factsFile === undefined || as === undefined || out === undefined) {
    throw new InputError('gate.call-incomplete', {
      zh: '需要依据文件、--facts、--as 与 --out。例如：npx tongguan gate basis basis.yaml --facts facts.yaml --as zhang.pem --out basis.json',
      en: 'A claim, --facts, --as and --out are needed. For example: npx tongguan gate basis basis.yaml --facts facts.yaml --as zhang.pem --out basis.json',
    })
  }
  const claim = await readYamlFile(claimFile, BasisClaimSchema, basisExample)
  const facts = await readFacts(factsFile, await loadedLists(dataFolder(options.data).lists))
  const trust = await readTrustFile(options.trust ?? dataFolder(options.data).trust)
  const earlier = existsSync(out) ? await readYamlFile(out, PermitSchema, permitExample) : undefined
  const on = dayOrToday(options.on)
  const made = makeBasis(claim, {
    facts,
    on,
    key: readKeyFile(as),
    trust,
    ...(earlier === undefined ? {} : { earlier }),
  })
  terminal.answer(made)
  if (made.kind === 'refused') {
    terminal.say({ zh: '  不能作为出境依据，原因：', en: '  This is no basis for an export. The reasons:' })
    printReasons(terminal, made.reasons)
    return exitCode.no
  }
  await writeWhole(out, `${JSON.stringify(made.permit, null, 2)}\n`)
  const names = made.signedBy.join('、')
  terminal.say({
    zh: `出境依据 ${made.permit.id}（${made.permit.resultNo}），由 ${names} 签署，未经主管部门审查：${out}`,
    en: `Basis ${made.permit.id} (${made.permit.resultNo}), signed by ${names}, seen by no authority: ${out}`,
  })
  if (made.signedBy.length > 1) return exitCode.done
  terminal.say({
    zh: '  还需第二人核对后以同一命令与自己的密钥签署。',
    en: '  A second person checks it and signs with the same command and their own key.',
  })
  return exitCode.notYet
}
