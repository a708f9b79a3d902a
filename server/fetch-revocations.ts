import { InputError } from './errors.ts'
import { fetchText } from './fetch-text.ts'

/**
 * The authority's revocation list from its address. Its signature is what is believed.
 *
 * @throws InputError `gate.revocations-not-fetched`
 */
export function fetchRevocations(address: string): Promise<string> {
  return fetchText(address, {
    refuse: (because) =>
      new InputError('gate.revocations-not-fetched', {
        zh: `未能从 ${address} 取得撤销清单（${because}）。请稍后再试，或用 --revocations 指明文件。`,
        en: `The revocation list could not be fetched from ${address} (${because}). Try again, or name a file with --revocations.`,
      }),
  })
}
