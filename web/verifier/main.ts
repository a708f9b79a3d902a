import './buffer-global.ts'
import type { LegalDate, Words } from '@tongguan/law'
import { judge } from '@tongguan/server/flows/judge-given-files'
import type { GivenFile, Verdict } from '@tongguan/server/flows/judge-given-files'
import { checkOutcomes, reasons, texts, verdicts } from './words.ts'

/* The verifier's page: plain DOM, the same on the server's page and in the one file that is opened from a disk. */

const place = document.getElementById('verifier')
if (place === null) throw new Error('the page has no element "verifier"')
const language: keyof Words = document.documentElement.lang.startsWith('en') ? 'en' : 'zh'
const of = (words: Words) => words[language]

type Child = Node | string | undefined

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children.filter((child) => child !== undefined))
  return made
}

const folder = element('input', { type: 'file', id: 'folder', webkitdirectory: '', multiple: '' })
const trust = element('input', { type: 'file', id: 'trust', accept: '.json,application/json' })
const fingerprint = element('input', {
  type: 'text',
  id: 'fingerprint',
  autocomplete: 'off',
  spellcheck: 'false',
  'aria-describedby': 'fingerprint-hint',
})
const pilot = element('input', { type: 'checkbox', id: 'pilot' })
const button = element('button', { type: 'submit' }, of(texts.button))
const result = element('div', { id: 'result', 'aria-live': 'polite', tabindex: '-1' })
const form = element(
  'form',
  {},
  field('folder', texts.folder, folder),
  field('trust', texts.trust, trust),
  field('fingerprint', texts.fingerprint, fingerprint, texts.fingerprintHint),
  element('label', { class: 'pick' }, pilot, of(texts.pilot)),
  element('p', {}, button),
)
place.replaceChildren(element('p', {}, of(texts.where)), form, result)

function field(id: string, label: Words, input: HTMLElement, hint?: Words): HTMLElement {
  return element(
    'div',
    { class: 'field' },
    element('label', { for: id }, of(label)),
    hint === undefined ? undefined : element('p', { class: 'hint', id: `${id}-hint` }, of(hint)),
    input,
  )
}

form.addEventListener('submit', (event) => {
  event.preventDefault()
  void run()
})

async function run(): Promise<void> {
  button.disabled = true
  result.replaceChildren(of(texts.working))
  try {
    const trusted = trust.files?.[0]
    const verdict = await judge({
      files: [...(folder.files ?? [])].map(given),
      trust: trusted === undefined ? undefined : new Uint8Array(await trusted.arrayBuffer()),
      fingerprint: fingerprint.value,
      allowPilot: pilot.checked,
      on: todayInChina(),
    })
    result.replaceChildren(...shown(verdict))
  } catch (error) {
    // A file that was moved or may not be read ends here; whatever it is, it is said and nothing counts as valid.
    result.replaceChildren(
      element('div', { class: 'paper wrong' }, of(texts.broke), error instanceof Error ? error.message : String(error)),
    )
  } finally {
    button.disabled = false
    result.focus()
  }
}

function given(file: File): GivenFile {
  return { name: file.webkitRelativePath || file.name, size: file.size, stream: () => file.stream() }
}

function todayInChina(): LegalDate {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date()) as LegalDate
}

function shown(verdict: Verdict): readonly Node[] {
  const { kind, report } = verdict
  const tone = { valid: 'good', refused: 'bad', 'cannot-tell': 'open' }[kind]
  const notes = [
    kind === 'cannot-tell' ? of(reasons[verdict.because]) : undefined,
    kind === 'cannot-tell' && verdict.words !== undefined ? of(verdict.words) : undefined,
    report?.simulated === true ? of(texts.simulated) : undefined,
    report?.sealed === undefined ? undefined : of(texts.sealed),
  ]
  return [
    element(
      'div',
      { class: `paper answer${kind === 'refused' ? ' wrong' : ''}`, 'data-verdict': kind },
      element('p', {}, element('strong', { class: tone }, of(verdicts[kind]))),
      ...notes.map((note) => (note === undefined ? undefined : element('p', {}, note))),
    ),
    ...(report === undefined ? [] : details(report)),
  ]
}

function details(report: NonNullable<Verdict['report']>): readonly Node[] {
  const { release, checks, signedBy, statementSha256 } = report
  const rows =
    release === undefined
      ? []
      : ([
          [texts.handler, `${release.handler.name} (${release.handler.creditCode})`],
          [texts.recipient, `${release.recipient.name} (${release.recipient.country})`],
          [texts.permit, `${release.permit.id} · ${release.permit.firstDay} – ${release.permit.lastDay}`],
          [texts.scenario, release.scenario],
          [texts.purpose, release.purpose],
          [texts.retention, release.retention],
          [texts.decidedOn, release.decidedOn],
          [texts.filesCount, String(release.files.length)],
          [texts.signedBy, (signedBy ?? []).map(({ name }) => name).join(', ')],
          [texts.digest, statementSha256 ?? ''],
        ] as const)
  return [
    ...(rows.length === 0
      ? []
      : [element('h2', {}, of(texts.release)), table(rows.map(([name, text]) => [of(name), text]))]),
    element('h2', {}, of(texts.checks)),
    table(
      checks.map(({ words, outcome, problems }) => [
        [of(words), ...problems.map((one) => of(one.words))].join(' — '),
        of(checkOutcomes[outcome]),
      ]),
      [of(texts.check), of(texts.outcome)],
    ),
    element('h2', {}, of(texts.notChecked)),
    element('p', {}, of(texts.notCheckedText)),
    ...(report.outcome === 'valid'
      ? [element('h2', {}, of(texts.duties)), element('p', {}, of(texts.dutiesText))]
      : []),
  ]
}

function table(rows: readonly (readonly [string, string])[], head?: readonly [string, string]): HTMLElement {
  const body = rows.map(([first, second]) =>
    element(
      'tr',
      {},
      head === undefined ? element('th', { scope: 'row' }, first) : element('td', {}, first),
      element('td', {}, second),
    ),
  )
  const titles = head?.map((text) => element('th', { scope: 'col' }, text))
  return element(
    'div',
    { class: 'scroll' },
    element(
      'table',
      {},
      titles === undefined ? undefined : element('thead', {}, element('tr', {}, ...titles)),
      element('tbody', {}, ...body),
    ),
  )
}
