import { InputError } from './errors.ts'

/**
 * The address people reach a portal at through a reverse proxy, as they see it in the browser: `https://export.hospital.example`.
 * Only https: a session's cookie and a release's approval do not travel in the clear.
 *
 * @returns the origin as a browser writes it (RFC 6454): no path, no default port, lower case
 * @throws InputError `serve.no-such-origin` for anything else
 */
export function publicOrigin(text: string): string {
  const url = URL.parse(text)
  const bare = url !== null && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
  if (bare && url.protocol === 'https:') return url.origin
  throw new InputError('serve.no-such-origin', {
    zh: `“${text}”不是门户的公开地址；请写反向代理上的 https 地址，不带路径，例如 https://export.hospital.example`,
    en: `"${text}" is not a portal's public address; write the https address at the reverse proxy, without a path, such as https://export.hospital.example`,
  })
}
