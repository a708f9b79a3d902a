// A provider of single sign-on in a process of its own: `node oidc-provider.ts REDIRECT_URI` prints its issuer. Whoever
// names an address is signed in as it; an address that begins with "unverified." is one, without the word, that was not
// verified.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

const [redirectUri = ''] = process.argv.slice(2)
let answer: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | undefined
const http = createServer((request, response) => void answer?.(request, response))
http.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'tongguan',
        client_secret: 'of-the-tests-only',
        redirect_uris: [redirectUri],
        application_type: 'native',
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        email: id.replace(/^unverified\./, ''),
        email_verified: !id.startsWith('unverified.'),
      }),
    }),
  })
  answer = provider.callback()
  console.log(issuer)
})
