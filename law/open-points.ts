import type { OpenPoint, Path } from './determination.ts'
import type { ExportFacts } from './facts.ts'
import { automobileGuideFrom } from './instruments/automobile-guide-2026/guide.ts'
import { awaitsTheCentralBank } from './instruments/credit-reporting-2013/article-24.ts'
import { financeScenario } from './instruments/finance-guide-2025/guide.ts'
import { measuresThreshold } from './instruments/measures-2022/article-04.ts'
import { countsAsImportant } from './instruments/provisions-2024/article-02.ts'
import { declarationThreshold } from './instruments/provisions-2024/article-07.ts'
import { contractFloor } from './instruments/provisions-2024/article-08.ts'
import { provisionsFrom } from './instruments/provisions-2024/article-14.ts'
import type { Paths, Readings } from './judge.ts'
import { gbaPlaceOf } from './routes.ts'
import { rangeOf } from './settle.ts'
import type { Words } from './citation.ts'

/** Questions the law leaves open, and how this rule set reads them until it is said. */
export const openPointWords = {
  'persons-with-both': {
    zh: '提供敏感个人信息的人同时提供一般个人信息的，是否也计入一般人数，条文未明；两种结果均给出，放行按从严',
    en: 'Whether a person with sensitive items counts among the general ones too is not said; both results are given, the gate obeys the stricter',
  },
  'persons-processed-lapsed': {
    zh: '2024-03-22 起“处理100万人以上”的标准因与《规定》不一致而不再适用；未见明文废止',
    en: 'The line of a million persons processed yields to the provisions of 2024 from 2024-03-22; no text repeals it in words',
  },
  'statutory-duty': {
    zh: '《网络数据安全管理条例》第三十五条第六项能否免予评估，未见实践，须向主管部门确认',
    en: 'Whether a statutory duty under the regulations of 2025 lifts the assessment is unseen in practice; confirm it with the authority',
  },
  treaty: {
    zh: '哪些国际条约、协定可以适用，须向主管部门确认',
    en: 'Which treaty carries which export must be confirmed with the authority',
  },
  'zone-list-and-important-data': {
    zh: '负面清单外的数据能否含有已告知的重要数据，条文未明；以重要数据的告知为准',
    en: "Whether a zone's list can free notified important data is not said; the notice wins",
  },
  'exactly-on-the-line': {
    zh: '政策问答写“超过”，《规定》写“以上”；以《规定》为准，恰好达到也须申报',
    en: 'The answers say "more than", the provisions "and more"; the provisions prevail, so the number itself is declared',
  },
  'assessment-beside-contract': {
    zh: '同一数据处理者既有须评估的，又有其他途径的场景：申报时应包括当年已按合同、认证提供的部分，各场景仍按各自依据核对',
    en: 'One handler with assessed and other flows: the declaration includes what has gone this year by contract or certificate; each flow is still held to its own basis',
  },
  'automobile-persons': {
    zh: '2021年规定把10万人以上个人信息列为汽车重要数据，与后来的标准不一致；按“可能的重要数据”提示，以告知或2026年指引清单为准',
    en: 'The automobile rules of 2021 name personal information of more than 100,000 persons as important, against the later lines; it is flagged as possible, the notice or the list of 2026 decides',
  },
  'state-organ-and-exemptions': {
    zh: '国家机关能否适用《规定》的豁免，条文未明；按须评估处理，应由人工确认',
    en: 'Whether the exemptions of 2024 reach state organs is not said; assessed, and a person must confirm',
  },
  'gba-without-number': {
    zh: '大湾区标准合同没有数量限制，是否可替代达到数量的安全评估，条文未明；此处仅在合同途径内提供',
    en: 'The contract of the Greater Bay Area knows no number; whether it replaces an assessment above the lines is not said, so it is offered below them only',
  },
  'finance-scenarios': {
    zh: '2025年金融业指引所列47类场景视为豁免，清单条目未取得；须由数据处理者逐项对照，并写明清单、版本、条目和核对人',
    en: 'The finance guide of 2025 treats 47 scenarios as exempt; their entries were not obtained, so the handler must match them and say list, version, entry and who compared',
  },
  'finance-scenario-basis': {
    zh: '金融业指引的豁免场景依据《规定》哪一条、是否不计入累计数量，清单未取得；按第三条至第六条的豁免处理，不计入',
    en: 'On which article of the provisions a scenario of the finance guide rests, and whether its persons are left out of the totals, is in lists not obtained; it is read like articles 3 to 6, so they are left out',
  },
  'automobile-reported-instead': {
    zh: '汽车数据出境指引允许部分重要数据（漏洞、安全事件、升级包源代码等）改为报告、备案，哪些数据、什么条件未取得；须经主管部门确认，含个人信息的仍按人数判断，关键信息基础设施运营者不适用',
    en: 'The automobile guide lets some important data (vulnerabilities, incidents, source code of update packages) go by report or filing instead; which and on what conditions was not obtained: confirm it with the authority; personal information in them still goes by its numbers, operators of critical infrastructure are left out',
  },
  'handler-abroad': {
    zh: '境外处理者（个人信息保护法第三条第二款）可以通过境内专门机构或者指定代表申请认证；能否以及与谁订立标准合同、由谁申报安全评估，条文未明，须向主管部门确认',
    en: 'A handler abroad (article 3(2) of the law) may be certified through its body or representative in China; whether it may sign a standard contract, and with whom, and who declares for it is not said: confirm it with the authority',
  },
  'credit-bureau': {
    zh: '征信机构向境外提供信息还须遵守中国人民银行的规定，该规定未取得；经主管部门确认之前，能否出境不予判断',
    en: 'A credit bureau also follows the rules of the central bank, which were not obtained; until the authority has confirmed it, whether it may go is not said',
  },
  'health-storage': {
    zh: '2014年、2018年卫生健康领域关于境内存储和出境评估的规定文本未取得，此处未据以判断，须对照原文',
    en: 'The rules of 2014 and 2018 on keeping health data in China and assessing their export were not obtained and decide nothing here; compare the originals',
  },
  'automobile-list': {
    zh: '2026年汽车数据出境指引的重要数据清单（51项）未取得；须对照原文',
    en: 'The list of important automobile data of 2026 (51 items) was not obtained; compare the original',
  },
  'voluntary-before-the-answer': {
    zh: '2026年1月问答之前，自愿申报的效力未见明文',
    en: 'Before the answer of January 2026 no text said what declaring of one’s own will leads to',
  },
  'numbers-split-below-exemption': {
    zh: '禁止数量拆分的条文针对合同与认证；以拆分降至豁免以下是否同样禁止，按同样禁止处理',
    en: 'The ban on dividing numbers names contract and certification; dividing below the exemption is read the same way',
  },
} as const satisfies Record<string, Words>

export type OpenPointId = keyof typeof openPointWords

/** The open questions this answer touches; `flows` are the paths of its flows. */
export function openPoints(
  facts: ExportFacts,
  { light, heavy }: Readings,
  { path, strictPath, flows }: Paths & { readonly flows: readonly Path[] },
): readonly OpenPoint[] {
  const { on } = light
  const later = provisionsFrom <= on
  const touched = new Set<OpenPointId>()
  const touch = (id: OpenPointId, when: boolean) => {
    if (when) touched.add(id)
  }
  const { handler } = facts
  touch('persons-with-both', path !== strictPath)
  const processed = handler?.personsProcessed
  const processes = typeof processed === 'number' ? processed : (processed?.upper ?? 0)
  touch('persons-processed-lapsed', later && measuresThreshold.processedPersons <= processes && isLight(path))
  touch('state-organ-and-exemptions', later && heavy.handler.publicBody !== 'none' && path === 'assessment')
  touch(
    'voluntary-before-the-answer',
    facts.voluntaryDeclaration === true && on < '2026-01-01' && path === 'assessment',
  )
  touch('numbers-split-below-exemption', facts.numbersSplit === true && later && isBelowTheContract(light.total))
  touch('exactly-on-the-line', later && isOnTheLine(heavy.total.general, heavy.total.sensitive))
  touch('assessment-beside-contract', path === 'assessment' && new Set(flows).size > 1)
  touch('handler-abroad', handler?.abroad === true && path !== 'not-an-export')
  for (const [index, flow] of facts.flows.entries()) {
    touch('statutory-duty', flow.exemption === 'statutory-duty')
    touch('treaty', flow.exemption === 'treaty')
    const important = countsAsImportant(light.flows[index]?.importantData ?? 'none')
    touch('zone-list-and-important-data', flow.exemption === 'ftz-off-list' && important)
    touch('gba-without-number', path === 'assessment' && gbaPlaceOf(flow) !== null)
    if (flow.industry === 'automobile') {
      const window = later ? flow.since1January : flow.since1JanuaryLastYear
      const persons =
        (rangeOf(window, 'general')?.upper ?? 0) + (later ? (rangeOf(window, 'sensitive')?.upper ?? 0) : 0)
      touch('automobile-persons', persons > automobilePersonsAbove && !important)
      touch('automobile-list', automobileGuideFrom <= on)
    }
    touch('finance-scenarios', flow.industry === 'finance' && financeScenario.from <= on)
    touch('finance-scenario-basis', flow.exemption === 'finance-scenario' && financeScenario.from <= on)
    touch('automobile-reported-instead', flow.exemption === 'automobile-reported-instead' && automobileGuideFrom <= on)
    touch('credit-bureau', awaitsTheCentralBank(flow, heavy.flows[index]))
    touch('health-storage', flow.industry === 'health')
  }
  return [...touched].map((id) => ({ id, ...openPointWords[id] }))
}

/** 汽车数据安全管理若干规定（试行） art. 3(5), known from others: "more than". */
const automobilePersonsAbove = 100_000

function isLight(path: Path): boolean {
  return path === 'exempt' || path === 'contract-or-certification'
}

function isBelowTheContract({ general, sensitive }: Readings['light']['total']): boolean {
  return general < contractFloor.generalPersons && sensitive < contractFloor.sensitivePersons
}

function isOnTheLine(general: number, sensitive: number): boolean {
  return general === declarationThreshold.generalPersons || sensitive === declarationThreshold.sensitivePersons
}
