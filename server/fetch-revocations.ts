import { InputError } from './errors.ts'

const listBytesMax = 1 << 20
const secondsMax = 10

/**
 * The authority's revocation list from its address. Its signature is what is believed, so plain http serves a loopback
 * address only to keep who asks about which permit from being read on the way. No redirect is followed.
 *
 * @throws InputError `gate.revocations-not-fetched`
 */
export async function fetchRevocations(address: string): Promise<string> {
  const url = new URL(address)
  const isLocal = url.hostname === '127.0.0.1' || url.hostname === 'localhost'
  if (url.protocol !== 'https:' && !isLocal) throw notFetched(address, 'https')
  let answer: Response
  try {
    answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(secondsMax * 1_000) })
  } catch (error) {
    throw notFetched(address, error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable')
  }
  if (!answer.ok) throw notFetched(address, `HTTP ${answer.status}`)
  let text = ''
  const decoder = new TextDecoder('utf-8')
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (listBytesMax < text.length) throw notFetched(address, 'too large')
  }
  return text
}

function notFetched(address: string, because: string): InputError {
  return new InputError('gate.revocations-not-fetched', {
    zh: `未能从 ${address} 取得撤销清单（${because}）。请稍后再试，或用 --revocations 指明文件。`,
    en: `The revocation list could not be fetched from ${address} (${because}). Try again, or name a file with --revocations.`,
  })
}
