import type { PostToWitness } from '@tongguan/log'

const answerBytesMax = 1 << 16
const secondsMax = 5

/**
 * Sends a checkpoint to a witness's address. Its signature is what is believed, so plain http serves a loopback address;
 * no redirect is followed. A witness that cannot be reached has not cosigned, which is said where it is counted.
 */
export const postToWitness: PostToWitness = async (address, body) => {
  const url = new URL(address)
  const isLocal = url.hostname === '127.0.0.1' || url.hostname === 'localhost'
  if (url.protocol !== 'https:' && !isLocal) return undefined
  try {
    const signal = AbortSignal.timeout(secondsMax * 1_000)
    const answer = await fetch(url, { method: 'POST', body, redirect: 'error', signal })
    const text = await answer.text()
    return text.length <= answerBytesMax ? { status: answer.status, body: text } : undefined
  } catch (error) {
    // What fetch throws for a network that does not answer; anything else is ours.
    if (error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError')) return undefined
    throw error
  }
}
