import { cite } from '@tongguan/law'
import type { Words } from '@tongguan/law'
import type { Accepted, GateStatus, ReleaseResult, TriedBatch } from '@tongguan/server/flows/release-batch'
import { exitCode, exitOfRefusal } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

/** What became of a batch, with every reason, and the exit code it means. */
export function printRelease(terminal: Terminal, result: ReleaseResult): ExitCode {
  switch (result.kind) {
    case 'released': {
      const { persons } = result.release
      terminal.say({
        zh: `  已放行${result.again ? '（此前已决定）' : ''}：${result.folder}`,
        en: `  Released${result.again ? ' (decided before)' : ''}: ${result.folder}`,
      })
      terminal.say({
        zh: `  本许可累计敏感信息主体 ${persons.sensitive.before} → ${persons.sensitive.after} 人；${result.checks.length} 项检查全部通过，清单已签名`,
        en: `  Persons with sensitive items under this permit: ${persons.sensitive.before} → ${persons.sensitive.after}; all ${result.checks.length} checks passed, the manifest is signed`,
      })
      return exitCode.done
    }
    case 'held':
      terminal.say(
        result.again
          ? {
              zh: `  已扣留（${result.decidedOn} 已决定；扣留为最终决定，更正后请以新的批次名提交），原因：`,
              en: `  Held (decided on ${result.decidedOn}; a hold is final: correct the batch and submit it under a new name). The reasons:`,
            }
          : { zh: '  已扣留，原因：', en: '  Held. The reasons:' },
      )
      printReasons(terminal, result.reasons)
      return exitCode.no
    case 'pending':
      return printIntent(terminal, result)
    case 'refused':
      terminal.note(`[${result.code}] ${terminal.text(result.words)}`)
      return exitOfRefusal(result.code)
    case 'unfinished':
      terminal.note(`[${result.because.code}] ${terminal.text(result.because.words)}`)
      return exitCode.notYet
  }
}

/** What a receipt of the recipient brought about. */
export function printAccepted(terminal: Terminal, accepted: Accepted): ExitCode {
  switch (accepted.kind) {
    case 'key-released':
      terminal.say({
        zh: `  回执成立，密钥已放出：${accepted.folder}`,
        en: `  The receipt holds; the key has been let out: ${accepted.folder}`,
      })
      return exitCode.done
    case 'closed':
      terminal.say({
        zh: '  内容签收回执已存档，本次放行办结',
        en: '  The receipt of the content is kept; the release is closed',
      })
      return exitCode.done
    case 'unfinished':
      terminal.note(`[${accepted.because.code}] ${terminal.text(accepted.because.words)}`)
      return exitCode.notYet
  }
}

/** What the gate would do with a batch, and with which exit code it would end. */
export function printTried(terminal: Terminal, tried: TriedBatch): ExitCode {
  if (tried.kind === 'refused') {
    terminal.note(`[${tried.code}] ${terminal.text(tried.words)}`)
    return exitOfRefusal(tried.code)
  }
  const { decision, persons, after } = tried
  terminal.say({
    zh: `  试算：本批一般 ${persons.general} 人、敏感 ${persons.sensitive} 人；放行后累计一般 ${after.general} 人、敏感 ${after.sensitive} 人。未记录、未计数、未放行。`,
    en: `  A dry run: ${persons.general} persons general and ${persons.sensitive} sensitive in this batch, ${after.general} and ${after.sensitive} under the permit were it released. Nothing was recorded, counted or released.`,
  })
  if (decision.kind === 'released') {
    terminal.say({ zh: '  将会放行（尚须两人签署）', en: '  It would be released, once two persons have signed' })
    return exitCode.done
  }
  terminal.say({ zh: '  将会扣留，原因：', en: '  It would be held. The reasons:' })
  printReasons(terminal, decision.reasons)
  return exitCode.no
}

/** Each reason with its code, its place and its article. */
export function printReasons(terminal: Terminal, reasons: Extract<ReleaseResult, { kind: 'held' }>['reasons']): void {
  for (const reason of reasons) {
    const where = [reason.file, reason.column].filter((part) => part !== undefined).join(' · ')
    terminal.say(`    ✗ [${reason.code}] ${terminal.text(reason.words)}${where === '' ? '' : `  (${where})`}`)
    terminal.say(`      ${terminal.text(cite(reason.citation))}`)
  }
}

/** What two persons are asked to sign, with the number they compare; "not yet" until both have. */
export function printIntent(
  terminal: Terminal,
  of: Pick<Extract<ReleaseResult, { kind: 'pending' }>, 'intent' | 'intentDigest' | 'approvedBy'>,
): ExitCode {
  const { batch, recipient, purpose, persons, files, items, permit } = of.intent
  const rows = files.reduce((sum, file) => sum + file.rows, 0)
  terminal.say({
    zh: `  待两人签署的放行意图 ${of.intentDigest}`,
    en: `  The intent two persons sign: ${of.intentDigest}`,
  })
  terminal.say({
    zh: `    批次 ${batch.name}（${files.length} 个文件，${rows} 行）→ ${recipient.name}（${recipient.country}），许可 ${permit.id}`,
    en: `    batch ${batch.name} (${files.length} files, ${rows} rows) → ${recipient.name} (${recipient.country}), permit ${permit.id}`,
  })
  terminal.say({
    zh: `    目的：${purpose}；数据项：${items.join('、')}`,
    en: `    purpose: ${purpose}; items: ${items.join(', ')}`,
  })
  terminal.say({
    zh: `    一般 ${persons.before} → ${persons.after} 人（上限 ${persons.ceiling}），敏感 ${persons.sensitive.before} → ${persons.sensitive.after} 人（上限 ${persons.sensitive.ceiling}）`,
    en: `    general ${persons.before} → ${persons.after} (ceiling ${persons.ceiling}), sensitive ${persons.sensitive.before} → ${persons.sensitive.after} (ceiling ${persons.sensitive.ceiling})`,
  })
  const names = of.approvedBy.join(', ')
  if (of.approvedBy.length < 2) {
    terminal.say({
      zh: `  已签署 ${of.approvedBy.length}/2${names === '' ? '' : `：${names}`}。尚未放行，也未计数；下一步：npx tongguan gate approve ${batch.name} --as KEY`,
      en: `  Signed by ${of.approvedBy.length} of 2${names === '' ? '' : `: ${names}`}. Nothing has left or been counted; next: npx tongguan gate approve ${batch.name} --as KEY`,
    })
    return exitCode.notYet
  }
  terminal.say({
    zh: `  两人均已签署（${names}）。再次运行 gate release 即放行；当日有效，内容或人数有变则须重签。`,
    en: `  Both have signed (${names}). Run gate release again to release; it holds for this day, and anything that changes asks for new signatures.`,
  })
  return exitCode.done
}

const stateWords: Readonly<Record<GateStatus['batches'][number]['state'], Words>> = {
  authorised: { zh: '已授权并计数，日志尚未公布', en: 'authorised and counted, not yet published in the log' },
  published: { zh: '已授权并公布，尚未送达', en: 'authorised and published, not yet delivered' },
  sent: { zh: '加密容器已送达，密钥未放出', en: 'container delivered, key not let out' },
  'key-authorised': { zh: '密钥已授权，尚未送达', en: 'key authorised, not yet delivered' },
  delivered: { zh: '已放行', en: 'released' },
  held: { zh: '已扣留（最终）', en: 'held (final)' },
}

/** Each batch with its state and reasons, the persons of each set, and the log's size. */
export function printStatus(terminal: Terminal, { batches, stops, persons, log }: GateStatus): void {
  terminal.heading({ zh: `批次（${batches.length}）`, en: `Batches (${batches.length})` })
  for (const batch of batches) {
    const simulated = batch.pilot ? terminal.text({ zh: '，模拟', en: ', simulated' }) : ''
    terminal.say(`  ${batch.decidedOn}  ${batch.name}  ${terminal.text(stateWords[batch.state])}${simulated}`)
    for (const { code, words } of batch.reasons) terminal.say(`      [${code}] ${terminal.text(words)}`)
  }
  for (const { batch, by, because } of stops) {
    terminal.say({ zh: `  叫停：${batch}（${by}：${because}）`, en: `  stopped: ${batch} (${by}: ${because})` })
  }
  terminal.heading({ zh: '已计入的自然人', en: 'Persons counted' })
  for (const { key, general, sensitive } of persons) {
    const [kind, of, part, exempt] = JSON.parse(key) as readonly [string, string, string | number, string?]
    const set =
      kind === 'year'
        ? exempt === undefined
          ? { zh: `${part} 年（${of}）`, en: `the year ${part} (${of})` }
          : { zh: `${part} 年豁免出境（${of}）`, en: `the year ${part}, exempt (${of})` }
        : { zh: `许可 ${of} · ${part}`, en: `permit ${of} · ${part}` }
    terminal.say({
      zh: `  ${set.zh}：一般 ${general} 人，敏感 ${sensitive} 人`,
      en: `  ${set.en}: ${general} general, ${sensitive} sensitive`,
    })
  }
  terminal.heading({ zh: '日志', en: 'The log' })
  terminal.say({
    zh: `  ${log.entries} 条，已签署 ${log.signed} 条，见证方要求 ${log.quorum.needed}；${log.folder}`,
    en: `  ${log.entries} entries, ${log.signed} of them signed, ${log.quorum.needed} witnesses required; ${log.folder}`,
  })
  if (log.entries < log.signed) {
    terminal.say({
      zh: `  ✗ 数据库中的条数少于已签署的条数：换回了旧的数据库。放行已停止。`,
      en: `  ✗ The database holds fewer entries than were signed: an older database was put back. Releases are stopped.`,
    })
  }
}
