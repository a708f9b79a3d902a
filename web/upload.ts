import { newIdempotencyKey, write } from './api.ts'
import { Refused, patientFetch } from './patient-fetch.ts'
import type { Answer } from './api.ts'
import type { Problem } from '@tongguan/server/contract/client'

/**
 * Sends a file in parts and answers with the number of the upload. A part that nobody answered is sent again; where the
 * server had it already it says so, and the next one follows. `progressed` hears how many bytes are there.
 *
 * @throws Refused in the server's words: too large, a name that is none
 */
export async function sendFile(file: File, progressed: (bytes: number) => void): Promise<string> {
  const begun = await write('POST /v1/uploads', { fileName: file.name, bytes: file.size }, { key: newIdempotencyKey() })
  let { received } = begun
  while (received < begun.bytes) {
    const response = await patientFetch(`/v1/uploads/${begun.upload}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/octet-stream', 'upload-offset': String(received) },
      body: file.slice(received, received + begun.part),
    })
    received = await whereNow(response)
    progressed(received)
  }
  return begun.upload
}

async function whereNow(response: Response): Promise<number> {
  // What the server answers is what its contract says.
  if (response.ok) return ((await response.json()) as Answer<'PATCH /v1/uploads/{upload}'>).received
  const problem = (await response.json()) as Problem
  if (problem.code === 'upload.offset' && problem.sequence !== undefined) return problem.sequence
  throw new Refused(problem)
}
