import { InputError } from '@tongguan/server/errors'
import type { PermitFile } from '@tongguan/server/flows/release-batch'
import type { PermittedScenario } from '@tongguan/law'

/** The scenario named, or the permit's only one. */
export function scenarioOf(permit: PermitFile, id: string | undefined): PermittedScenario {
  const [only, another] = permit.scenarios
  const found = id === undefined && another === undefined ? only : permit.scenarios.find((one) => one.id === id)
  if (found) return found
  const known = permit.scenarios.map((one) => one.id).join(', ')
  throw new InputError('gate.no-such-scenario', {
    zh: `请用 --scenario 指明许可中的场景：${known}`,
    en: `Name a scenario of the permit with --scenario: ${known}`,
  })
}

/** The recipient named, or the scenario's only one. */
export function recipientOf(
  { id, recipients }: PermittedScenario,
  name: string | undefined,
): PermittedScenario['recipients'][number] {
  const [only, another] = recipients
  const found = name === undefined && another === undefined ? only : recipients.find((one) => one.name === name)
  if (found) return found
  const known = recipients.map((one) => one.name).join(', ')
  throw new InputError('gate.no-such-recipient', {
    zh: `请用 --recipient 指明场景 ${id} 的境外接收方：${known}`,
    en: `Name a recipient of the scenario ${id} with --recipient: ${known}`,
  })
}
