import { guarded, serves } from '../app.ts'
import type { App, Server } from '../app.ts'
import { RequestProblem } from '../problem.ts'
import { originOf } from '../request-address.ts'
import { giveCookies } from './session.ts'

/** There and back: the browser goes to the provider and comes back signed in, or to the sign-in page that says why not. */
export function singleSignOnRoutes(app: App, server: Server): void {
  const { accounts, singleSignOn } = server

  app.openapi(guarded(server, 'startSingleSignOn'), async (c) => {
    if (singleSignOn === undefined) throw new RequestProblem('single-sign-on.none')
    // A provider that still knows the person asks nothing; so another site's page must not begin what ends signed in.
    if (c.req.header('sec-fetch-site') === 'cross-site') throw new RequestProblem('request.other-site')
    const { url, token } = await singleSignOn.begin(`${originOf(c, server)}${callback}`, {
      again: c.req.valid('query').again === 'yes',
    })
    giveCookies(c, [accounts.jar.set('single_sign_on', token)])
    return c.redirect(url, 302)
  })

  app.openapi(guarded(server, 'finishSingleSignOn'), async (c) => {
    if (singleSignOn === undefined) throw new RequestProblem('single-sign-on.none')
    const { headers } = c.req.raw
    const token = accounts.jar.read(headers, 'single_sign_on')
    giveCookies(c, [accounts.jar.forget('single_sign_on')])
    const vouched = await singleSignOn.finish(new URL(c.req.url), token)
    const came = vouched === null ? undefined : await accounts.signInFederated(vouched, headers)
    if (came?.kind === 'signed-in' && serves(server, came.viewer)) {
      giveCookies(c, came.cookies)
      return c.redirect('/cases', 302)
    }
    if (came?.kind === 'pending') {
      giveCookies(c, came.cookies)
      return c.redirect('/sign-in?step=code', 302)
    }
    return c.redirect('/sign-in?step=provider-refused', 302)
  })
}

const callback = '/v1/session/single-sign-on/callback'
