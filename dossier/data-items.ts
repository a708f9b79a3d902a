import { actionWords } from './choices.ts'
import { treatmentWords } from '@tongguan/law'
import type { Kind, Words } from '@tongguan/law'
import type { ItemAction } from './answers.ts'
import { answer, centred, h1, paragraph, table, title, w } from './blocks.ts'
import type { Sheet } from './blocks.ts'
import type { ScenarioDossier } from './compose.ts'
import type { ItemColumn } from './items.ts'
import { necessityCell } from './report.ts'
import { kindAndCategory, yesNo } from './words.ts'

/** What we would do with an item, from what the scan found in its columns; the handler decides. */
export interface Proposal {
  readonly action: ItemAction
  readonly why: Words
}

/**
 * Keep, drop or transform: an item that names a person by itself is dropped or replaced by a pseudonym; what identifies
 * together with others is coarsened; text somebody wrote is dropped, because nobody can say what it holds.
 */
export function propose({
  identifies,
  kind,
  category,
}: Pick<ItemColumn, 'identifies' | 'kind' | 'category'>): Proposal {
  if (texts.has(kind)) {
    return {
      action: 'drop',
      why: w(
        '自由文本内容不可预知，宜留在境内提取所需字段',
        'free text holds what nobody foresees; extract the fields needed in China',
      ),
    }
  }
  if (identifies === 'direct') {
    return codes.has(kind)
      ? {
          action: 'transform',
          why: w(
            '可直接识别个人，宜换成只在境内可还原的编号',
            'identifies a person; replace it by a code that only China can resolve',
          ),
        }
      : {
          action: 'drop',
          why: w('可直接识别个人，通常不为目的所必需', 'identifies a person and is rarely needed for the purpose'),
        }
  }
  if (identifies === 'quasi' && coarser.has(kind)) {
    return {
      action: 'transform',
      why: w('与其他项结合可识别个人，宜降低精度', 'identifies together with others; make it coarser'),
    }
  }
  return category === 'none'
    ? { action: 'keep', why: w('未见个人信息', 'no personal information was found') }
    : {
        action: 'keep',
        why: w('单独不能识别个人', 'does not identify a person by itself'),
      }
}

const texts: ReadonlySet<Kind> = new Set(['clinical_note', 'free_text'])
const codes: ReadonlySet<Kind> = new Set(['medical_record_no', 'person_id', 'subject_id', 'device_id', 'vin'])
const coarser: ReadonlySet<Kind> = new Set(['birth_date', 'death', 'precise_location', 'postal_code', 'ip_address'])

function decided({ action, by }: NonNullable<ItemColumn['decision']>): Words {
  const { zh, en } = actionWords[action]
  return by === undefined ? { zh, en } : w(`${zh}（${treatmentWords[by].zh}）`, `${en} (${treatmentWords[by].en})`)
}

/** Persons of whom these columns hold a value, at most: the rows that hold one, never more than the scenario's persons. */
export function personsWithValue(
  columns: readonly Pick<ItemColumn, 'nonEmpty'>[],
  { bounds }: ScenarioDossier['persons'],
): number {
  return Math.min(
    columns.reduce((sum, { nonEmpty }) => sum + nonEmpty, 0),
    bounds.all.upper,
  )
}

function proposed(column: ItemColumn): Proposal {
  const argued = Object.values(column.necessity).every((text) => text.trim() !== '')
  return argued
    ? propose(column)
    : { action: 'drop', why: w('四项必要性说明不全', 'its necessity is not argued in full') }
}

/** The table reviewers argue over: one row a column of a table, grouped by scenario. */
export function dataItemSheet(scenarios: readonly ScenarioDossier[]): Sheet {
  return {
    style: 'report',
    landscape: true,
    name: w('数据项明细表', 'Table of data items'),
    blocks: [
      title(w('数据项明细表', 'Table of data items')),
      centred(
        w(
          '类别、敏感程度、人数由扫描得出；建议由规则得出，最后一列为数据处理者的决定',
          'Category, sensitivity and persons come from the scan, proposals from rules; the last column is what the handler decided',
        ),
      ),
      ...scenarios.flatMap(({ answers, items, persons }, index) => [
        h1(w(`场景${index + 1}：${answers.name}`, `Scenario ${index + 1}: ${answers.name}`)),
        paragraph(
          w(
            `共${items.length}项，${items.flatMap(({ columns }) => columns).length}列；人数为该列非空的人数上界，不超过本场景${persons.bounds.all.upper}人。`,
            `${items.length} items in ${items.flatMap(({ columns }) => columns).length} columns; persons are the upper bound of those with a value, at most the scenario's ${persons.bounds.all.upper}.`,
          ),
        ),
        table(
          [1.9, 4, 3.9, 5.2, 3.6, 12.2, 4.8, 4.6, 4.8],
          [
            w('序号', 'No.'),
            w('数据项', 'Item'),
            w('含义', 'Meaning'),
            w('类型与敏感程度', 'Kind and sensitivity'),
            w('人数', 'Persons'),
            w('出境必要性（四项）', 'Necessity (four factors)'),
            w('能否在境内处理', 'Could it be processed in China?'),
            w('建议', 'Proposal'),
            w('决定', 'Decision'),
          ],
          items.flatMap(({ columns }) => columns).map((column, number) => rowOf(column, number + 1, index, persons)),
        ),
      ]),
    ],
  }
}

function rowOf(column: ItemColumn, number: number, scenario: number, persons: ScenarioDossier['persons']) {
  const { name, table: from, description, inChina, decision } = column
  const at = `scenarios.${scenario}.items.${column.index}`
  const { action, why } = proposed(column)
  return [
    String(number),
    w(`${name}（${from}）`, `${name} (${from})`),
    answer(`${at}.description`, description),
    kindAndCategory(column),
    String(personsWithValue([column], persons)),
    necessityCell(column, at),
    inChina === undefined
      ? w('未回答', 'not answered')
      : [[{ text: yesNo(inChina.possible) }], [answer(`${at}.inChina.why`, inChina.why)]],
    [[{ text: actionWords[action] }], [{ text: why }]],
    decision === undefined
      ? w('未决定，按申报保留', 'not decided; kept as declared')
      : [[{ text: decided(decision) }], [answer(`${at}.decision.why`, decision.why)]],
  ]
}
