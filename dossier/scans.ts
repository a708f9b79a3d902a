import jpeg from 'jpeg-js'
import { PNG } from 'pngjs'
import { definePDFJSModule, extractImages, extractText, getDocumentProxy } from 'unpdf'
import type { DocumentKind } from '@tongguan/law'
import { DossierInputError } from './errors.ts'

/** What a machine sees on the scan of a sealed page. It never says that a seal, a signature or a date is valid. */
export interface ScanSeen {
  readonly kind: DocumentKind
  readonly file: string
  readonly pages: number
  readonly page: Seen
  readonly seal: Seen
  readonly date: Seen
}

/** `not-checkable`: a machine without text recognition cannot tell. */
export type Seen = 'seen' | 'not-seen' | 'not-checkable'

interface Picture {
  readonly width: number
  readonly height: number
  /** RGB or RGBA, row by row. */
  readonly data: Uint8Array | Uint8ClampedArray
  readonly channels: number
}

/**
 * Looks at a scan (PNG, JPEG or PDF): whether it holds a page that is not blank, a round red region of a seal's size, and
 * a date in its text.
 *
 * @throws DossierInputError `scan-page.unreadable`
 */
export async function lookAtScan(kind: DocumentKind, file: string, bytes: Uint8Array): Promise<ScanSeen> {
  const magic = Buffer.from(bytes.subarray(0, 5)).toString('latin1')
  if (magic === '%PDF-') return lookAtPdf(kind, file, bytes)
  const picture = pictureOf(magic, file, bytes)
  return { kind, file, pages: 1, page: seen(!isBlank(picture)), seal: seen(hasSeal(picture)), date: 'not-checkable' }
}

function pictureOf(magic: string, file: string, bytes: Uint8Array): Picture {
  try {
    if (magic.startsWith('\u0089PNG')) return { ...PNG.sync.read(Buffer.from(bytes)), channels: 4 }
    if (magic.startsWith('\u00ff\u00d8'))
      return { ...jpeg.decode(bytes, { useTArray: true, maxMemoryUsageInMB: 512 }), channels: 4 }
  } catch (error) {
    throw unreadable(file, String(error))
  }
  throw unreadable(file, 'PNG, JPEG, PDF')
}

async function lookAtPdf(kind: DocumentKind, file: string, bytes: Uint8Array): Promise<ScanSeen> {
  await definePDFJSModule(() => import('unpdf/pdfjs'))
  const document = await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0 }).catch((error: unknown) => {
    throw unreadable(file, String(error))
  })
  try {
    const { text } = await extractText(document, { mergePages: true })
    const pictures: Picture[] = []
    for (let page = 1; page <= Math.min(document.numPages, 50); page += 1) {
      pictures.push(...(await extractImages(document, page)))
    }
    const date = /\d{4}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}/.test(text)
    return {
      kind,
      file,
      pages: document.numPages,
      page: seen(text.trim() !== '' || pictures.some((picture) => !isBlank(picture))),
      seal: seen(pictures.some(hasSeal)),
      date: date ? 'seen' : text.trim() === '' ? 'not-checkable' : 'not-seen',
    }
  } finally {
    await document.loadingTask.destroy()
  }
}

const seen = (is: boolean): Seen => (is ? 'seen' : 'not-seen')

/** Cells across the page when looking for a seal: fine enough for a ring, coarse enough for thin strokes to join. */
const grid = 100

/** A connected red region, about as wide as high, of 6 % to 45 % of the page's width: a seal is 38 to 50 mm of 210. */
function hasSeal(picture: Picture): boolean {
  const size = Math.max(1, Math.ceil(picture.width / grid))
  const columns = Math.ceil(picture.width / size)
  const rows = Math.ceil(picture.height / size)
  const red = new Uint8Array(columns * rows)
  for (let y = 0; y < picture.height; y += 1) {
    for (let x = 0; x < picture.width; x += 1) {
      const at = (y * picture.width + x) * picture.channels
      const [r = 0, g = 0, b = 0] = [picture.data[at], picture.data[at + 1], picture.data[at + 2]]
      if (110 < r && 45 < r - g && 45 < r - b) red[Math.floor(y / size) * columns + Math.floor(x / size)] = 1
    }
  }
  return regionsOf(red, columns, rows).some(({ width, height, cells, corners }) => {
    const round = 0.75 < width / height && width / height < 1.33
    const wide = width / columns
    // A ring or disc leaves the corners of its box empty; a red square or stripe does not.
    return round && 0.06 < wide && wide < 0.45 && 0.1 < cells / (width * height) && corners === 0
  })
}

interface Region {
  readonly width: number
  readonly height: number
  readonly cells: number
  /** Red cells in the corner tenths of its box. */
  readonly corners: number
}

function regionsOf(red: Uint8Array, columns: number, rows: number): readonly Region[] {
  const done = new Uint8Array(red.length)
  const regions: Region[] = []
  for (let start = 0; start < red.length; start += 1) {
    if (!red[start] || done[start]) continue
    const cells: number[] = []
    const open = [start]
    done[start] = 1
    for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
      cells.push(cell)
      const [x, y] = [cell % columns, Math.floor(cell / columns)]
      // Two cells away still joins: the strokes inside a seal do not all touch its ring.
      for (let dy = -2; dy <= 2; dy += 1) {
        for (let dx = -2; dx <= 2; dx += 1) {
          const next = (y + dy) * columns + x + dx
          if (x + dx < 0 || columns <= x + dx || y + dy < 0 || rows <= y + dy || done[next] || !red[next]) continue
          done[next] = 1
          open.push(next)
        }
      }
    }
    const xs = cells.map((cell) => cell % columns)
    const ys = cells.map((cell) => Math.floor(cell / columns))
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
    const [width, height] = [right - left + 1, bottom - top + 1]
    const nearEdge = (at: number, low: number, high: number) =>
      at < low + (high - low) / 10 || high - (high - low) / 10 < at
    const corners = cells.filter(
      (_, index) => nearEdge(xs[index] ?? 0, left, right) && nearEdge(ys[index] ?? 0, top, bottom),
    ).length
    regions.push({ width, height, cells: cells.length, corners })
  }
  return regions
}

/** Fewer than one pixel in a thousand darker than paper. */
function isBlank({ width, height, data, channels }: Picture): boolean {
  let dark = 0
  for (let at = 0; at < width * height * channels; at += channels) {
    if ((data[at] ?? 255) + (data[at + 1] ?? 255) + (data[at + 2] ?? 255) < 540) dark += 1
  }
  return dark < (width * height) / 1000
}

function unreadable(file: string, because: string): DossierInputError {
  return new DossierInputError('scan-page.unreadable', {
    zh: `无法读取扫描件 ${file}（${because}）。请提供 PNG、JPEG 或 PDF。`,
    en: `The scan ${file} cannot be read (${because}). Give a PNG, JPEG or PDF.`,
  })
}
