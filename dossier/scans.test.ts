import jpeg from 'jpeg-js'
import PdfKit from 'pdfkit'
import { PNG } from 'pngjs'
import { expect, test } from 'vitest'
import { isAsNamed, isSealedScan, lookAtScan } from './scans.ts'

type Draw = (x: number, y: number) => readonly [number, number, number] | undefined

/** A page of A4 at 100 dpi: a few dark lines and what is drawn over them. */
function page(draw: Draw, { blank = false } = {}): PNG {
  const png = new PNG({ width: 827, height: 1169 })
  for (let y = 0; y < png.height; y += 1) {
    for (let x = 0; x < png.width; x += 1) {
      const line = !blank && 100 < x && x < 700 && y % 40 < 3
      const [r, g, b] = draw(x, y) ?? (line ? ([20, 20, 20] as const) : ([250, 249, 247] as const))
      png.data.set([r, g, b, 255], (y * png.width + x) * 4)
    }
  }
  return png
}

const red = [200, 40, 50] as const
/** 42 mm across, as a unit's seal: a ring and a star's worth of red inside. */
const seal: Draw = (x, y) => {
  const distance = Math.hypot(x - 550, y - 900)
  return (74 < distance && distance < 83) || distance < 22 ? red : undefined
}
const stripe: Draw = (x, y) => (100 < x && x < 700 && 300 < y && y < 320 ? red : undefined)
const square: Draw = (x, y) => (500 < x && x < 640 && 800 < y && y < 940 ? red : undefined)
const look = (png: PNG) => lookAtScan('power-of-attorney', 'p.png', PNG.sync.write(png))

test('a round red seal is seen, on a page that is there', async () => {
  expect(await look(page(seal))).toMatchObject({ page: 'seen', seal: 'seen', date: 'not-checkable', pages: 1 })
})

test.for<[string, Draw]>([
  ['no red at all', () => undefined],
  ['a red line', stripe],
  ['a red square', square],
])('%s is no seal', async ([, draw]) => {
  expect((await look(page(draw))).seal).toBe('not-seen')
})

/** A hand's stroke of a pen between two printed lines: up and down over 30 mm. */
const pen =
  (colour: readonly [number, number, number]): Draw =>
  (x, y) => {
    const at = (x - 300) / 120
    const line = 701 + 10 * Math.sin(at * 19) + 4 * Math.sin(at * 47)
    return 0 <= at && at <= 1 && Math.abs(y - line) < 3 ? colour : undefined
  }
/** A table's frame of 60 by 15 mm, and printed characters of 5 mm side by side. */
const frame: Draw = (x, y) => {
  const inside = 300 < x && x < 540 && 660 < y && y < 720
  const within = 303 < x && x < 537 && 663 < y && y < 717
  return inside && !within ? [10, 10, 10] : undefined
}
const characters: Draw = (x, y) =>
  300 < x && x < 500 && 700 < y && y < 719 && x % 20 < 17 && (x + y) % 5 < 2 ? [10, 10, 10] : undefined

test.for<[string, Draw, string]>([
  ['a signature in black', pen([30, 30, 35]), 'seen'],
  ['a signature in blue', pen([40, 60, 160]), 'seen'],
  ['printed lines alone', () => undefined, 'not-seen'],
  ['a seal', seal, 'not-seen'],
  ['a frame', frame, 'not-seen'],
  ['printed characters', characters, 'not-seen'],
])('%s: handwriting is %s', async ([, draw, signature]) => {
  expect((await look(page(draw))).signature).toBe(signature)
})

test('a blank page is not a page', async () => {
  expect(await look(page(() => undefined, { blank: true }))).toMatchObject({ page: 'not-seen', seal: 'not-seen' })
})

test('the same seal is seen in a JPEG and in a scanned PDF, and a date in its text', async () => {
  const png = page(seal)
  const photo = jpeg.encode({ width: png.width, height: png.height, data: png.data }, 80).data
  expect((await lookAtScan('power-of-attorney', 'p.jpg', photo)).seal).toBe('seen')
  const pdf = await pdfOf((document) =>
    document.image(PNG.sync.write(png), 0, 0, { width: 595 }).text('2026-03-02', 10, 10),
  )
  expect(await lookAtScan('power-of-attorney', 'p.pdf', pdf)).toMatchObject({
    page: 'seen',
    seal: 'seen',
    date: 'seen',
  })
  const bare = await pdfOf((document) => document.text('no day here'))
  expect(await lookAtScan('power-of-attorney', 'p.pdf', bare)).toMatchObject({
    page: 'seen',
    seal: 'not-seen',
    date: 'not-seen',
  })
})

test('behind the fiftieth page nobody looks, and it is said so', async () => {
  const long = await pdfOf((document) => {
    for (let index = 0; index < 50; index += 1) document.text(`${index}`).addPage()
    document.image(PNG.sync.write(page(seal)), 0, 0, { width: 595 })
  })
  expect(await lookAtScan('power-of-attorney', 'p.pdf', long)).toMatchObject({
    pages: 51,
    seal: 'not-looked-at',
    signature: 'not-looked-at',
  })
})

test('a seal that is drawn and no picture is neither seen nor missing', async () => {
  const drawn = await pdfOf((document) => document.text('sealed').circle(400, 600, 60).stroke('#c82832'))
  expect(await lookAtScan('power-of-attorney', 'p.pdf', drawn)).toMatchObject({ seal: 'not-checkable' })
})

test('what the Guide wants sealed is looked at where it is a picture or a PDF', () => {
  const png = PNG.sync.write(page(seal))
  expect(isSealedScan('agent-id', png)).toBe(true)
  expect(isSealedScan('agent-id', Buffer.from('%PDF-1.7'))).toBe(true)
  expect(isSealedScan('agent-id', Buffer.from('PK'))).toBe(false)
  expect(isSealedScan('legal-document', png)).toBe(false)
})

test('a file whose name says another format than its bytes is seen', () => {
  expect(isAsNamed('id.pdf', Buffer.from('hello'))).toBe(false)
  expect(isAsNamed('id.PDF', Buffer.from('%PDF-1.7'))).toBe(true)
  expect(isAsNamed('id.png', Buffer.from('%PDF-1.7'))).toBe(false)
  expect(isAsNamed('id.jpeg', Buffer.from([0xff, 0xd8, 0xff]))).toBe(true)
  expect(isAsNamed('id.ofd', Buffer.from('PK'))).toBe(true)
  expect(isAsNamed('contract.docx', Buffer.from('hello'))).toBe(true)
})

test('what is no picture is refused', async () => {
  const broken = Buffer.from('\u0089PNG\r\n\u001a\nbroken', 'latin1')
  for (const bytes of [Buffer.from('text'), broken, Buffer.from('%PDF-1.7 x')]) {
    await expect(lookAtScan('power-of-attorney', 'p', bytes)).rejects.toMatchObject({ code: 'scan-page.unreadable' })
  }
})

function pdfOf(draw: (document: PDFKit.PDFDocument) => unknown): Promise<Uint8Array> {
  return new Promise((resolve) => {
    const document = new PdfKit({ size: 'A4' })
    const chunks: Uint8Array[] = []
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    document.on('end', () => resolve(Buffer.concat(chunks)))
    draw(document)
    document.end()
  })
}

test('a picture that says it is larger than any page is not unpacked', async () => {
  const huge = PNG.sync.write(page(() => undefined))
  huge.writeUInt32BE(60_000, 16)
  huge.writeUInt32BE(60_000, 20)
  await expect(lookAtScan('power-of-attorney', 'p.png', huge)).rejects.toMatchObject({
    code: 'scan-page.unreadable',
    message: expect.stringContaining('60000 × 60000 pixels') as string,
  })
})

test('a PDF damaged inside a page is unreadable, not a failure', async () => {
  const document = new PdfKit({ compress: false })
  const parts: Buffer[] = []
  const done = new Promise((resolve) => document.on('end', resolve))
  document.on('data', (part: Buffer) => parts.push(part))
  document.text('signed').end()
  await done
  const damaged = Buffer.from(Buffer.concat(parts).toString('latin1').replace('/Contents', '/Kids 1  '), 'latin1')
  const pages = Buffer.from(damaged.toString('latin1').replace('/Type /Page\n', '/Type /Pxge\n'), 'latin1')
  await expect(lookAtScan('power-of-attorney', 'p.pdf', pages)).rejects.toMatchObject({ code: 'scan-page.unreadable' })
})
