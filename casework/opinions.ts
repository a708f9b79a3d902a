import { addYears, reviewedItems } from '@tongguan/law'
import type { LegalDate } from '@tongguan/law'
import type { DeclaredCase } from './case.ts'

/** Work somebody did for an organisation; `until` is null while it goes on. */
export interface PastWork {
  readonly organisation: string
  readonly creditCode: string | null
  readonly until: LegalDate | null
}

/** Why somebody may not give an opinion on a case: a party is where they are, or where they worked lately. */
export interface Conflict {
  readonly kind: 'same-organisation' | 'past-work'
  readonly party: string
}

/** Ours and not the law's, as panels elsewhere count it. */
export const conflictYears = 4

/** The conflicts of interest that can be computed: from the organisation and the past work against every party. Pure. */
export function conflictsOf(
  expert: { readonly organisation: string; readonly pastWork: readonly PastWork[] },
  { declaration }: DeclaredCase,
  on: LegalDate,
): readonly Conflict[] {
  const { handler, scenarios } = declaration
  const recipients = scenarios.flatMap((scenario) => scenario.recipients.map(({ name }) => name))
  const parties = [...new Set([handler.name, ...recipients])]
  const recent = expert.pastWork.filter(({ until }) => until === null || addYears(until, conflictYears) >= on)
  return parties.flatMap((party): readonly Conflict[] => {
    if (plain(expert.organisation) === plain(party)) return [{ kind: 'same-organisation', party }]
    const worked = recent.some(
      ({ organisation, creditCode }) =>
        plain(organisation) === plain(party) || (party === handler.name && creditCode === handler.creditCode),
    )
    return worked ? [{ kind: 'past-work', party }] : []
  })
}

function plain(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s()（）,，.·]/g, '')
}

/** What one expert finds on one item of Order 11 art. 8. */
export interface ItemOpinion {
  /** The item's code in the law's own table (`assessment-items.ts`). */
  readonly item: string
  readonly finding: 'met' | 'not-met' | 'unclear'
  readonly text: string
}

export const itemCodes: readonly string[] = reviewedItems.map(({ code }) => code)

/** What of art. 8 an opinion leaves out, says twice, or adds; empty where it says each item once. Pure. */
export function itemsAmiss(items: readonly ItemOpinion[]): readonly string[] {
  const said = items.map(({ item }) => item)
  return [
    ...itemCodes.filter((code) => said.filter((one) => one === code).length !== 1),
    ...said.filter((code) => !itemCodes.includes(code)),
  ]
}

/** One invited, and the opinion once given; a recusal ends the invitation without one. */
export interface Invited {
  readonly id: string
  readonly account: string
  readonly name: string
  readonly organisation: string
  readonly recused: string | null
  readonly opinion: readonly ItemOpinion[] | null
}

/** Whether the opinions may be read: all that are still expected are in, and there is one. Pure. */
export function isUnsealed(invited: readonly Invited[]): boolean {
  const expected = invited.filter(({ recused }) => recused === null)
  return expected.length > 0 && expected.every(({ opinion }) => opinion !== null)
}

/** An opinion that differs from the consolidated one on an item: kept, with its words. */
export interface Dissent {
  readonly name: string
  readonly item: string
  readonly finding: ItemOpinion['finding']
  readonly text: string
}

/** Every dissent from a consolidated opinion; nobody has to ask for it to be kept. Pure. */
export function dissentFrom(consolidated: readonly ItemOpinion[], invited: readonly Invited[]): readonly Dissent[] {
  return invited.flatMap(({ name, opinion }) =>
    (opinion ?? []).flatMap(({ item, finding, text }) =>
      consolidated.some((one) => one.item === item && one.finding !== finding) ? [{ name, item, finding, text }] : [],
    ),
  )
}
