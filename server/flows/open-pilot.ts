import type { Words } from '@tongguan/law'
import { generatedPassword } from '../accounts.ts'
import type { Accounts } from '../accounts.ts'
import type { Role } from '../contract/session.ts'
import { roleWords } from '../rights.ts'
import type { Organisation } from '../rights.ts'

export interface PilotAccount {
  readonly role: Role
  readonly email: string
  /** Generated; it stands nowhere else but in what is printed now. */
  readonly password: string
  readonly words: Words
}

/** The three accounts of a pilot, each with its organisation: the handler's, the province's, the national office's. */
export async function openPilotAccounts(
  accounts: Accounts,
  handler: { readonly name: string; readonly creditCode: string; readonly province: string },
): Promise<readonly PilotAccount[]> {
  const { name, creditCode, province } = handler
  const made: PilotAccount[] = []
  const open = async (role: Role, email: string, person: string, organisation: Omit<Organisation, 'id'>) => {
    const password = generatedPassword()
    await accounts.createAccount({
      name: person,
      email,
      password,
      role,
      organisation: await accounts.createOrganisation(organisation),
    })
    const { zh, en } = roleWords[role]
    made.push({
      role,
      email,
      password,
      words: { zh: `${zh}（${organisation.name}）`, en: `${en} (${organisation.name})` },
    })
  }
  await open('handlerOfficer', 'officer@hospital.example', '经办人（模拟）', {
    kind: 'handler',
    name,
    creditCode,
    province: null,
  })
  await open('deskOfficer', 'desk@province.example', '受理岗（模拟）', {
    kind: 'province',
    name: `${province}互联网信息办公室（模拟）`,
    creditCode: null,
    province,
  })
  await open('assessor', 'assessor@national.example', '评估岗（模拟）', {
    kind: 'national',
    name: '国家互联网信息办公室（模拟）',
    creditCode: null,
    province: null,
  })
  return made
}
