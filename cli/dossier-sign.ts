import { filingKeyFiles, readDossierTrust, readFilingKey } from '@tongguan/server/filing-keys'
import { InputError } from '@tongguan/server/errors'
import { signBundleFile, verifyBundleFile } from '@tongguan/server/flows/sign-declaration'
import type { DossierAction } from './dossier-call.ts'
import { exitCode } from './exit-codes.ts'

/** `dossier sign BUNDLE [--key FILE | --suite SM2 --data DIR]`: one signature more, in the same file. */
export const signDossier: DossierAction = async (terminal, bundle, _, { key: file, suite = 'EdDSA', data }) => {
  if (suite !== 'EdDSA' && suite !== 'SM2') {
    throw new InputError('sign.no-such-suite', {
      zh: `没有算法“${suite}”；有 EdDSA、SM2`,
      en: `There is no suite "${suite}"; there are EdDSA and SM2`,
    })
  }
  const key = await readFilingKey(file ?? filingKeyFiles(data)[suite])
  await signBundleFile(bundle, key)
  terminal.answer({ bundle, suite: key.suite, keyId: key.keyId })
  terminal.say({
    zh: `已用 ${key.suite} 密钥 ${key.keyId.slice(0, 16)} 签署 ${bundle}`,
    en: `Signed ${bundle} with the ${key.suite} key ${key.keyId.slice(0, 16)}`,
  })
  return exitCode.done
}

/** `dossier verify BUNDLE --trust FILE`: anybody's check, offline; exit code 1 when it fails. */
export const verifyDossier: DossierAction = async (terminal, bundle, _, { trust, data, allowPilot }) => {
  const believed = await readDossierTrust(trust ?? filingKeyFiles(data).trust)
  const { verdict, manifest } = await verifyBundleFile(bundle, believed, { allowPilot: allowPilot === true })
  terminal.answer({ ...verdict, manifest })
  terminal.say({
    zh: `  ${manifest.handler.name}　${manifest.reference}　第${manifest.round}轮　${manifest.filedOn}　${manifest.files.length}个文件`,
    en: `  ${manifest.handler.name}  ${manifest.reference}  round ${manifest.round}  ${manifest.filedOn}  ${manifest.files.length} files`,
  })
  for (const { name, suite, keyId } of verdict.signedBy) terminal.say(`    ✓ ${suite} ${keyId.slice(0, 16)} ${name}`)
  const mark = verdict.outcome === 'valid' ? '✓' : '✗'
  terminal.say(`    ${mark} [${verdict.code}] ${terminal.text(verdict.words)}`)
  return verdict.outcome === 'valid' ? exitCode.done : exitCode.no
}
