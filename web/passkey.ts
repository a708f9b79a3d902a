import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser'
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'

type Options = Readonly<Record<string, unknown>>
type Answer = Record<string, unknown>

/** Passkeys belong to a name: under an IP address browsers make none. */
export const passkeysPossible = browserSupportsWebAuthn() && !/^[\d.]+$|^\[/.test(location.hostname)

/** The browser's answer to the server's question; undefined where the person would rather not, or has no such passkey. */
export function answerWithPasskey(options: Options): Promise<Answer | undefined> {
  // Both were made by the same library on the server's side.
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON
  return unlessCancelled(async () => ({ ...(await startAuthentication({ optionsJSON })) }))
}

export function makePasskey(options: Options): Promise<Answer | undefined> {
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON
  return unlessCancelled(async () => ({ ...(await startRegistration({ optionsJSON })) }))
}

async function unlessCancelled(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof Error && ['NotAllowedError', 'AbortError', 'InvalidStateError'].includes(error.name)) {
      return undefined
    }
    throw error
  }
}
