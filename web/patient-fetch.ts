import type { Words } from '@tongguan/law'
import type { Problem } from '@tongguan/server/contract/client'
import { connectionBack } from './connection.ts'
import { signedInAgain } from './signing-in-again.ts'

/*
 * What the portal sends, it sends until somebody has answered: where nobody does it waits for the connection, where the
 * session has ended it waits for the same person to sign in again, and then sends the same request once more. What
 * changes something carries an Idempotency-Key, so being sent twice does it once.
 */

/** `fetch` that waits and repeats as drawn above. The body must be a string, so that it can be sent again. */
export async function patientFetch(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  for (;;) {
    const response = await reach(input, init)
    if (response === undefined) {
      await connectionBack()
    } else if (response.status === 401 && (await hasNoSession(response))) {
      await signedInAgain()
    } else {
      return response
    }
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
async function hasNoSession(response: Response): Promise<boolean> {
  const problem = (await response.clone().json()) as Partial<Problem>
  return problem.code === 'session.none'
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
