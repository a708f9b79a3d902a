import type { Words } from '@tongguan/law'
import type { Problem } from '@tongguan/server/contract/client'
import { connectionBack } from './connection.ts'
import { hearSessionEnd } from './session-end.ts'
import { signedInAgain } from './signing-in-again.ts'
import { steppedUp } from './stepping-up.ts'

/*
 * What the portal sends, it sends until somebody has answered: where nobody does it waits for the connection, where the
 * session has ended it waits for the same person to sign in again, where a fresh proof of who they are is asked for it
 * waits for that, and then sends the same request once more. What changes something carries an Idempotency-Key, so being sent twice does it once.
 */

/** `fetch` that waits and repeats as drawn above. The body must be a string or a Blob, so that it can be sent again. */
export async function patientFetch(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  for (;;) {
    const response = await reach(input, init)
    if (response === undefined) {
      await connectionBack()
      continue
    }
    hearSessionEnd(response)
    if (response.status !== 401) return response
    const code = await codeOf(response)
    if (code === 'session.none') await signedInAgain()
    else if (code !== 'session.step-up' || !(await steppedUp())) return response
  }
}

async function reach(input: RequestInfo | URL, init: RequestInit): Promise<Response | undefined> {
  try {
    return await fetch(input, init)
  } catch (error) {
    // The reader went elsewhere and nobody waits for this answer any more.
    if (init.signal?.aborted === true) throw error
    // fetch rejects for nothing else than that nobody answered.
    return undefined
  }
}

// A wrong password is answered with 401 as well.
async function codeOf(response: Response): Promise<Problem['code'] | undefined> {
  return ((await response.clone().json()) as Partial<Problem>).code
}

/** What the server refused, in its own words (RFC 9457). */
export class Refused extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'Refused'
    this.problem = problem
  }

  get words(): Words {
    return this.problem.words
  }
}
