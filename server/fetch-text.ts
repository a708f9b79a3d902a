const bytesMost = 1 << 20
const secondsMost = 10

/**
 * What a server answers at an address, as text. A loopback address may be plain http; anything else is https, so that
 * neither a token nor who asks for what is read on the way. No redirect is followed: it would hand the token on.
 *
 * @throws what `refuse` makes of why there is nothing: `https`, `unreachable`, `timeout`, `too large`, `HTTP 401 code`
 */
export async function fetchText(
  address: string,
  { token, refuse }: { readonly token?: string; readonly refuse: (because: string) => Error },
): Promise<string> {
  const url = URL.parse(address)
  const isLocal = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost'
  if (url === null || (url.protocol !== 'https:' && !isLocal)) throw refuse('https')
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  let answer: Response
  try {
    answer = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(secondsMost * 1_000) })
  } catch (error) {
    throw refuse(error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable')
  }
  let text = ''
  const decoder = new TextDecoder('utf-8')
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (bytesMost < text.length) throw refuse('too large')
  }
  if (!answer.ok) throw refuse(`HTTP ${answer.status}${problemCode(text)}`)
  return text
}

/** The code of a problem+json, which says more than the number. */
function problemCode(text: string): string {
  const found = /"code":\s*"([a-z.-]{1,60})"/.exec(text)
  return found === null ? '' : ` ${found[1]}`
}
