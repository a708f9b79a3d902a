import { openPermit } from '@tongguan/gate'
import type { SignedPermit, Trust } from '@tongguan/gate'
import { PermitSchema } from '../contract/permit.ts'
import { InputError } from '../errors.ts'
import { fetchText } from '../fetch-text.ts'
import { jsonOf } from '../json-text.ts'

/**
 * The permit of a case from the portal it was decided in, asked for with a gate's service token (scope `getPermit`). Its
 * signature is what is believed: by a key of the trust file, or nothing is kept. Whether a simulated one may be used is
 * asked when it is.
 *
 * @param portal - `https://export.hospital.example`, or a loopback address
 * @throws InputError `permit.not-fetched`, GateInputError `gate.permit-…`
 */
export async function fetchPermit(asked: {
  readonly portal: string
  readonly caseNo: string
  readonly token: string
  readonly trust: Trust
}): Promise<SignedPermit> {
  const { portal, caseNo, token, trust } = asked
  const address = `${portal.replace(/\/+$/, '')}/v1/cases/${encodeURIComponent(caseNo)}/permit`
  const refuse = (because: string) => notFetched(caseNo, portal, because)
  const read = PermitSchema.safeParse(jsonOf(await fetchText(address, { token, refuse })))
  if (!read.success || read.data.signed === undefined) throw refuse('no signed permit')
  const { permit, signed } = openPermit(read.data, trust, { pilot: true })
  if (permit.caseNo !== caseNo) throw refuse(`the permit is of ${permit.caseNo}`)
  return { ...permit, signed }
}

function notFetched(caseNo: string, portal: string, because: string): InputError {
  return new InputError('permit.not-fetched', {
    zh: `未能从 ${portal} 取得案件 ${caseNo} 的许可（${because}）。令牌由机构管理员创建，须包括 getPermit，并在有效期内。`,
    en: `The permit of case ${caseNo} could not be fetched from ${portal} (${because}). The token is made by the organisation's administrator, names getPermit and is in force.`,
  })
}
