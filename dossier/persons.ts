import type { Bounds, Category, Evidence } from '@tongguan/law'

/** Distinct persons a scenario declares: upper bounds, `general` being those with no sensitive item. */
export interface DeclaredPersons {
  readonly general: number
  readonly sensitive: number
  readonly bounds: { readonly all: Bounds; readonly sensitive: Bounds }
}

/**
 * The persons of a scenario by the one counting method (`countingMethod` in law/): the upper bound is declared and later
 * enforced by the gate. The scan counts the whole folder, which bounds every scenario in it from above. Where no item
 * of the scenario is sensitive, whoever is under fourteen is (PIPL art. 28: whatever is known of them) and everybody else is
 * general; where none is personal there are none.
 */
export function declaredPersons(
  items: readonly { readonly category: Category }[],
  { persons }: Pick<Evidence, 'persons'>,
): DeclaredPersons {
  const all = { lower: persons.lower, point: persons.point, upper: persons.upper }
  const holds = (category: Category) => items.some((item) => item.category === category)
  if (holds('sensitive')) {
    const general = Math.max(0, persons.upper - persons.sensitive.upper)
    return { general, sensitive: persons.sensitive.upper, bounds: { all, sensitive: persons.sensitive } }
  }
  if (holds('personal')) {
    const { minors } = persons
    const sensitive = { lower: minors, point: minors, upper: minors }
    return { general: Math.max(0, persons.upper - minors), sensitive: minors, bounds: { all, sensitive } }
  }
  return { general: 0, sensitive: 0, bounds: { all: nobody, sensitive: nobody } }
}

const nobody: Bounds = { lower: 0, point: 0, upper: 0 }
