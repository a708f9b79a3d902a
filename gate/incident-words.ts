import type { IncidentGrade, Words } from '@tongguan/law'
import type { IncidentCase, IncidentFacts, IncidentReport, PersonsConcerned } from './incident.ts'

export const incidentWords = {
  what: {
    leak: { zh: '泄露', en: 'a leak' },
    tampering: { zh: '篡改', en: 'tampering' },
    loss: { zh: '丢失', en: 'a loss' },
    destruction: { zh: '破坏', en: 'destruction' },
    'illegal-access': { zh: '非法获取', en: 'illegal access' },
    'illegal-use': { zh: '非法利用', en: 'illegal use' },
  },
  titles: {
    province: { zh: '数据安全事件报告（草稿）', en: 'Report of a data security incident (draft)' },
    sector: { zh: '数据安全事件报告（草稿）', en: 'Report of a data security incident (draft)' },
    individuals: { zh: '致个人的告知（草稿）', en: 'Notice to the persons concerned (draft)' },
    recipient: { zh: '致境外接收方的通知（草稿）', en: 'Notice to the overseas recipient (draft)' },
  },
} as const satisfies {
  readonly what: Readonly<Record<string, Words>>
  readonly titles: Readonly<Record<IncidentReport['to'], Words>>
}

const gradeWords: Readonly<Record<IncidentGrade, Words>> = {
  'specially-major': { zh: '特别重大', en: 'specially major' },
  major: { zh: '重大', en: 'major' },
  considerable: { zh: '较大', en: 'considerable' },
  general: { zh: '一般', en: 'general' },
}

/** What nobody has said yet, where it is to be written. */
const open: Words = { zh: '（待填写）', en: '(to be filled in)' }

/** What a report says, in the order it is read: what happened and when it was known, to what, to whom, what was done. */
export function paragraphsOf(
  to: IncidentReport['to'],
  addressee: string,
  facts: IncidentFacts,
  opened: Omit<IncidentCase, 'reports'>,
): readonly Words[] {
  const { handler, batches, items, persons, sensitivePersons, recipients, grade } = opened
  const said = (text: string | undefined): Words => (text === undefined ? open : { zh: text, en: text })
  const label = (zh: string, en: string, what: Words): Words => ({ zh: `${zh}：${what.zh}`, en: `${en}: ${what.en}` })
  const plain = (text: string): Words => ({ zh: text, en: text })
  const parties = [
    label('报送', 'To', addressee === '' && to !== 'individuals' ? open : plain(addressee)),
    label('数据处理者', 'Handler', plain(`${handler.name} ${handler.creditCode}`)),
    label('境外接收方', 'Recipient', plain(recipients.map(({ name, country }) => `${name} (${country})`).join('; '))),
  ]
  const happened = [
    label('事件', 'The incident', incidentWords.what[facts.what]),
    label('知悉时间', 'Known since', plain(facts.knownAt)),
    label('经过', 'What happened', said(facts.happened)),
    label('原因', 'Its cause', said(facts.cause)),
  ]
  const scale = [
    label('涉及的数据项', 'Data items concerned', plain(items.join(', '))),
    label('可能造成的危害', 'Harm that may follow', said(facts.harm)),
  ]
  const numbers = [
    label('涉及人数（去重）', 'Persons concerned (distinct)', rangeOf(persons)),
    label('其中涉及敏感个人信息', 'of them with sensitive items', rangeOf(sensitivePersons)),
    label('批次', 'Batches', plain(batches.map(({ name, decidedOn }) => `${name} (${decidedOn})`).join('; '))),
    label('经济损失（元）', 'Loss (yuan)', said(facts.lossYuan?.toString())),
  ]
  const done = [label('已采取的补救措施', 'Remedies taken', said(facts.remedies))]
  const own = [label('个人可以采取的措施', 'What you can do yourself', said(facts.individualsCan))]
  const contact = [label('联系方式', 'Contact', said(facts.contact))]
  switch (to) {
    case 'province':
      return [...parties, ...happened, ...scale, ...numbers, ...done, ...contact]
    case 'sector':
      return [
        ...parties,
        ...happened,
        ...scale,
        ...numbers,
        label(
          '分级（工业和信息化领域预案）',
          'Grade (plan for industry and information technology)',
          gradeRange(grade),
        ),
        ...done,
        ...contact,
      ]
    case 'individuals':
      return [...parties.slice(1), ...happened, ...scale, ...done, ...own, ...contact]
    case 'recipient':
      return [...parties, ...happened, ...numbers.slice(2, 3), ...done, recipientAsked, ...contact]
  }
}

const recipientAsked: Words = {
  zh: '请立即停止受影响数据的使用，采取补救措施，保全日志，并书面告知贵方已知的情况。',
  en: 'Stop using the data concerned at once, take remedies, keep your logs, and tell us in writing what you know.',
}

function rangeOf({ lower, upper }: PersonsConcerned): Words {
  const text = lower === upper ? String(upper) : `${lower}–${upper}`
  return { zh: text, en: text }
}

function gradeRange({ from, to }: IncidentCase['grade']): Words {
  const [low, high] = [gradeWords[from], gradeWords[to]]
  return from === to ? low : { zh: `${low.zh}至${high.zh}`, en: `${low.en} to ${high.en}` }
}
