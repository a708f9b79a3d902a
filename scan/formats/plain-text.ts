import type { Limits } from '../bytes.ts'
import { utf8Of } from '../bytes.ts'
import type { Encoding, SourceFile } from '../sources.ts'
import type { Parts } from './parts.ts'

/** Takes a text that is no table, a line a row. Throws FileError. */
export async function takeText(
  file: SourceFile,
  parts: Parts,
  limits: Limits,
  gzip: boolean,
  encoding: Encoding,
): Promise<void> {
  const table = parts.table(null, 'text', ['text'])
  let rest = ''
  const take = (line: string) => {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line
    if (text.trim() !== '') table.row([text])
  }
  try {
    const decoder = new TextDecoder('utf-8')
    for await (const chunk of utf8Of(file, { encoding, gzip }, limits)) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) take(line)
    }
    take(rest)
  } finally {
    table.close()
  }
}
