import type { Words } from '@tongguan/law'
import { generatedPassword } from '../accounts.ts'
import type { Accounts } from '../accounts.ts'
import type { PersonRole } from '../contract/session.ts'
import { roleWords } from '../rights.ts'
import type { Organisation } from '../rights.ts'

export interface PilotAccount {
  readonly role: PersonRole
  readonly email: string
  /** Generated; it stands nowhere else but in what is printed now. */
  readonly password: string
  readonly words: Words
}

/**
 * The accounts of a pilot: the handler's officer, supervisor and administrator, the province's officer, two of the
 * national office, because a result is issued by another person than the one who drafted it, and the recipient's.
 */
export async function openPilotAccounts(
  accounts: Accounts,
  handler: { readonly name: string; readonly creditCode: string; readonly province: string },
): Promise<readonly PilotAccount[]> {
  const { name, creditCode, province } = handler
  const made: PilotAccount[] = []
  const open = async (role: PersonRole, email: string, person: string, organisation: Organisation) => {
    const password = generatedPassword()
    await accounts.createAccount({ name: person, email, password, role, organisation })
    const { zh, en } = roleWords[role]
    made.push({
      role,
      email,
      password,
      words: { zh: `${zh}（${organisation.name}）`, en: `${en} (${organisation.name})` },
    })
  }
  const hospital = await accounts.createOrganisation({ kind: 'handler', name, creditCode, province: null })
  const desk = await accounts.createOrganisation({
    kind: 'province',
    name: `${province}互联网信息办公室（模拟）`,
    creditCode: null,
    province,
  })
  const national = await accounts.createOrganisation({
    kind: 'national',
    name: '国家互联网信息办公室（模拟）',
    creditCode: null,
    province: null,
  })
  const recipient = await accounts.createOrganisation({
    kind: 'recipient',
    name: '境外接收方（模拟）',
    creditCode: null,
    province: null,
  })
  await open('handlerOfficer', 'officer@hospital.example', '经办人（模拟）', hospital)
  await open('supervisor', 'supervisor@hospital.example', '监督人员（模拟）', hospital)
  await open('administrator', 'administrator@hospital.example', '管理员（模拟）', hospital)
  await open('deskOfficer', 'desk@province.example', '受理岗（模拟）', desk)
  await open('assessor', 'assessor@national.example', '评估岗（模拟）', national)
  await open('assessor', 'issuer@national.example', '签发岗（模拟）', national)
  await open('recipientOfficer', 'officer@recipient.example', '接收方经办人（模拟）', recipient)
  return made
}
