/*
 * The folder of one release, as the recipient gets it:
 *
 *   release.dsse.json     the signed manifest
 *   data/NAME             mode plaintext: the files
 *   sealed/NAME.age       mode sealed: the encrypted files
 *   key.dsse.json         mode sealed, later: the signed statement that the key was let out
 *   key.age               and the key itself, readable by the recipient alone
 */

export const envelopeFile = 'release.dsse.json'
export const dataFolder = 'data'
export const sealedFolder = 'sealed'
export const keyEnvelopeFile = 'key.dsse.json'
export const capsuleFile = 'key.age'

export function sealedName(name: string): string {
  return `${sealedFolder}/${name}.age`
}
