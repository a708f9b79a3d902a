import { SaxesParser } from 'saxes'

export interface BucketObject {
  readonly key: string
  readonly bytes: number
  /** In quotes, as the store wrote it; empty where it wrote none. */
  readonly etag: string
}

export interface StoreAnswer {
  readonly objects: readonly BucketObject[]
  /** Where the list goes on; empty at its end. */
  readonly next: string
  /** The store's code for a refusal; empty where it is none. */
  readonly error: string
}

/** An answer to ListObjectsV2 with `encoding-type=url`, or an error. What is no XML is an answer that says nothing. */
export function parseAnswer(xml: string): StoreAnswer {
  const objects: { key: string; bytes: number; etag: string }[] = []
  const path: string[] = []
  let [encoded, truncated, next, error, text] = [false, false, '', '', '']
  const sax = new SaxesParser()
  let broken = false
  sax.on('error', () => (broken = true))
  sax.on('opentag', ({ name }) => {
    path.push(name)
    text = ''
    if (path.join('/') === 'ListBucketResult/Contents') objects.push({ key: '', bytes: 0, etag: '' })
  })
  sax.on('text', (more) => (text += more))
  sax.on('closetag', () => {
    const object = objects.at(-1)
    const at = path.join('/')
    path.pop()
    if (at === 'ListBucketResult/EncodingType') encoded = text === 'url'
    else if (at === 'ListBucketResult/IsTruncated') truncated = text === 'true'
    else if (at === 'ListBucketResult/NextContinuationToken') next = text
    else if (at === 'Error/Code') error = text
    else if (object !== undefined && at === 'ListBucketResult/Contents/Key') object.key = text
    else if (object !== undefined && at === 'ListBucketResult/Contents/Size') object.bytes = Number(text)
    else if (object !== undefined && at === 'ListBucketResult/Contents/ETag') object.etag = text
  })
  sax.write(xml).close()
  if (broken) return { objects: [], next: '', error: 'NotXml' }
  const decode = (key: string) => (encoded ? decodeURIComponent(key.replaceAll('+', '%20')) : key)
  return { objects: objects.map((one) => ({ ...one, key: decode(one.key) })), next: truncated ? next : '', error }
}
