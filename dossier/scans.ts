import jpeg from 'jpeg-js'
import { PNG } from 'pngjs'
import { definePDFJSModule, extractImages, extractText, getDocumentProxy, getResolvedPDFJS } from 'unpdf'
import { materialRequirements } from '@tongguan/law'
import type { DocumentKind } from '@tongguan/law'
import type { PDFDocumentProxy } from 'unpdf/pdfjs'
import { DossierInputError } from './errors.ts'

/** What a machine sees on the scan of a sealed page. It never says that a seal, a signature or a date is valid. */
export interface ScanSeen {
  readonly kind: DocumentKind
  readonly file: string
  readonly pages: number
  readonly page: Seen
  readonly seal: Seen
  readonly date: Seen
  /** Strokes that no print leaves. */
  readonly signature: Seen
}

/**
 * `not-checkable`: a machine without text recognition cannot tell. `not-looked-at`: not on the first pages, and nobody has
 * looked at those behind them.
 */
export type Seen = 'seen' | 'not-seen' | 'not-checkable' | 'not-looked-at'

/** Pages of a PDF whose pictures are looked at. */
const pagesLookedAt = 50

/** A file that is looked at: a material the Guide wants sealed, handed in as a picture or PDF. */
export function isSealedScan(kind: DocumentKind, bytes: Uint8Array): boolean {
  return sealed.has(kind) && /^(%PDF-|\u0089PNG|\u00ff\u00d8)/.test(magicOf(bytes))
}

const sealed: ReadonlySet<DocumentKind> = new Set(
  materialRequirements.filter((material) => material.sealed).map(({ kind }) => kind),
)

/** Whether a file is of the format its name says; a name of none of the portal's formats says nothing. OFD is a zip. */
export function isAsNamed(file: string, bytes: Uint8Array): boolean {
  const ending = /\.(pdf|png|jpe?g|ofd)$/i.exec(file)?.[1]?.toLowerCase()
  return ending === undefined || beginnings[ending]?.test(magicOf(bytes)) === true
}

const beginnings: Readonly<Record<string, RegExp>> = {
  pdf: /^%PDF-/,
  png: /^\u0089PNG/,
  jpg: /^\u00ff\u00d8/,
  jpeg: /^\u00ff\u00d8/,
  ofd: /^PK/,
}

const magicOf = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 5)).toString('latin1')

interface Picture {
  readonly width: number
  readonly height: number
  /** RGB or RGBA, row by row. */
  readonly data: Uint8Array | Uint8ClampedArray
  readonly channels: number
}

/**
 * Looks at a scan (PNG, JPEG or PDF): whether it holds a page that is not blank, a round red region of a seal's size,
 * strokes like those of a signature, and a date in its text.
 *
 * @throws DossierInputError `scan-page.unreadable`
 */
export async function lookAtScan(kind: DocumentKind, file: string, bytes: Uint8Array): Promise<ScanSeen> {
  const magic = magicOf(bytes)
  if (magic === '%PDF-') return lookAtPdf(kind, file, bytes)
  const picture = pictureOf(magic, file, bytes)
  return {
    kind,
    file,
    pages: 1,
    page: seen(!isBlank(picture)),
    seal: seen(hasSeal(picture)),
    date: 'not-checkable',
    signature: seen(hasSignature(picture)),
  }
}

function pictureOf(magic: string, file: string, bytes: Uint8Array): Picture {
  try {
    if (magic.startsWith('\u0089PNG')) return { ...pngOf(Buffer.from(bytes)), channels: 4 }
    if (magic.startsWith('\u00ff\u00d8')) {
      const limits = { maxMemoryUsageInMB: 512, maxResolutionInMP: mostPixels / 1e6 }
      return { ...jpeg.decode(bytes, { useTArray: true, ...limits }), channels: 4 }
    }
  } catch (error) {
    throw unreadable(file, String(error))
  }
  throw unreadable(file, 'PNG, JPEG, PDF')
}

/** An A3 page at 600 dots an inch has 70 million. */
const mostPixels = 100e6

/** What its header says of its size is believed first: the few bytes of a blank page unpack to gigabytes. */
function pngOf(bytes: Buffer): PNG {
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  if (mostPixels < width * height) throw new RangeError(`${width} × ${height} pixels`)
  return PNG.sync.read(bytes)
}

async function lookAtPdf(kind: DocumentKind, file: string, bytes: Uint8Array): Promise<ScanSeen> {
  await definePDFJSModule(() => import('unpdf/pdfjs'))
  const document = await getDocumentProxy(Uint8Array.from(bytes), { verbosity: 0 }).catch((error: unknown) => {
    throw unreadable(file, String(error))
  })
  try {
    const { text, pictures, red } = await contentOf(document).catch((error: unknown) => {
      throw unreadable(file, String(error))
    })
    const behind: Seen = pagesLookedAt < document.numPages ? 'not-looked-at' : 'not-seen'
    const date = /\d{4}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}/.test(text)
    return {
      kind,
      file,
      pages: document.numPages,
      page: seen(text.trim() !== '' || pictures.some((picture) => !isBlank(picture))),
      // A seal that is drawn, as electronic ones may be, is no picture whose shape could be measured.
      seal: pictures.some(hasSeal) ? 'seen' : red ? 'not-checkable' : behind,
      date: date ? 'seen' : text.trim() === '' ? 'not-checkable' : 'not-seen',
      signature: pictures.some(hasSignature) ? 'seen' : behind,
    }
  } finally {
    await document.loadingTask.destroy()
  }
}

async function contentOf(document: PDFDocumentProxy) {
  const { text } = await extractText(document, { mergePages: true })
  const pictures: Picture[] = []
  let red = false
  for (let page = 1; page <= Math.min(document.numPages, pagesLookedAt); page += 1) {
    pictures.push(...(await extractImages(document, page)))
    red ||= await drawsInRed(document, page)
  }
  return { text, pictures, red }
}

async function drawsInRed(document: PDFDocumentProxy, number: number): Promise<boolean> {
  const { OPS } = await getResolvedPDFJS()
  const { fnArray, argsArray } = await (await document.getPage(number)).getOperatorList()
  return fnArray.some((operator, index) => {
    if (operator !== OPS.setFillRGBColor && operator !== OPS.setStrokeRGBColor) return false
    const [hex] = argsArray[index] as readonly unknown[]
    const rgb = /^#(..)(..)(..)$/.exec(typeof hex === 'string' ? hex : '')
    const [r = 0, g = 0, b = 0] = rgb?.slice(1).map((part) => Number.parseInt(part, 16)) ?? []
    return isRed([r, g, b])
  })
}

const seen = (is: boolean): Seen => (is ? 'seen' : 'not-seen')

/** Cells across the page when looking for a seal: fine enough for a ring, coarse enough for thin strokes to join. */
const sealGrid = 100
/** And for a signature: so fine that the gap between two printed characters stays one. */
const inkGrid = 1000

/** A connected red region, about as wide as high, of 6 % to 45 % of the page's width: a seal is 38 to 50 mm of 210. */
function hasSeal(picture: Picture): boolean {
  const page = cellsOf(picture, sealGrid, isRed)
  // Two cells away still joins: the strokes inside a seal do not all touch its ring.
  return regionsOf(page, 2).some((region) => {
    const { width, height } = sizeOf(region)
    const round = 0.75 < width / height && width / height < 1.33
    const wide = width / page.columns
    // A ring or disc leaves the corners of its box empty; a red square or stripe does not.
    const corners = region.cells.some((cell) => isCorner(region, cell % page.columns, Math.floor(cell / page.columns)))
    return round && 0.06 < wide && wide < 0.45 && 0.1 < region.cells.length / (width * height) && !corners
  })
}

/**
 * Strokes that hang together over more than a printed character does: 10 to 85 mm wide (6 mm in blue ink), up to 32 mm
 * high, thin for their box, and no frame of a table. Whose hand it is, and whether it is one, a person sees.
 */
function hasSignature(picture: Picture): boolean {
  const page = cellsOf(picture, inkGrid, isInk)
  const blue = cellsOf(picture, inkGrid, isBlue)
  return regionsOf(page, 1).some((region) => {
    const { width, height } = sizeOf(region)
    const inBlue = region.cells.filter((cell) => blue.on[cell]).length
    const [wide, high] = [width / page.columns, height / page.columns]
    const fill = region.cells.length / (width * height)
    if (wide < (region.cells.length < 2 * inBlue ? 0.03 : 0.05) || 0.4 < wide || high < 0.012 || 0.15 < high)
      return false
    return fill < 0.35 && !isFrame(region, page)
  })
}

/** A straight line along the upper or left edge of its box. */
function isFrame({ left, right, top, bottom, cells }: Region, { columns }: Cells): boolean {
  const along = (of: (cell: number) => boolean) => cells.filter(of).length
  const upper = along((cell) => Math.floor(cell / columns) <= top + 2) / (right - left + 1)
  const side = along((cell) => cell % columns <= left + 2) / (bottom - top + 1)
  return 0.9 < upper || 0.9 < side
}

type Colour = readonly [r: number, g: number, b: number]
const isRed = ([r, g, b]: Colour) => 110 < r && 45 < r - g && 45 < r - b
const isBlue = ([r, g, b]: Colour) => 60 < b && 40 < b - r && r + g + b < 560
const isInk = (colour: Colour) => isBlue(colour) || (colour[0] + colour[1] + colour[2] < 330 && !isRed(colour))

/** A picture in square cells: on where any of its pixels is of the colour looked for. */
interface Cells {
  readonly columns: number
  readonly rows: number
  readonly on: Uint8Array
}

function cellsOf({ width, height, data, channels }: Picture, across: number, is: (colour: Colour) => boolean): Cells {
  const size = Math.max(1, Math.ceil(width / across))
  const columns = Math.ceil(width / size)
  const rows = Math.ceil(height / size)
  const on = new Uint8Array(columns * rows)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * channels
      if (is([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]))
        on[Math.floor(y / size) * columns + Math.floor(x / size)] = 1
    }
  }
  return { columns, rows, on }
}

interface Region {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly cells: readonly number[]
}

const sizeOf = ({ left, right, top, bottom }: Region) => ({ width: right - left + 1, height: bottom - top + 1 })

/** In a corner tenth of the region's box. */
function isCorner({ left, right, top, bottom }: Region, x: number, y: number): boolean {
  const nearEdge = (at: number, low: number, high: number) =>
    at < low + (high - low) / 10 || high - (high - low) / 10 < at
  return nearEdge(x, left, right) && nearEdge(y, top, bottom)
}

/** Cells that hang together, where `reach` cells away still does. */
function regionsOf({ columns, rows, on }: Cells, reach: number): readonly Region[] {
  const done = new Uint8Array(on.length)
  const regions: Region[] = []
  for (let start = 0; start < on.length; start += 1) {
    if (!on[start] || done[start]) continue
    const cells: number[] = []
    let [left, right, top, bottom] = [columns, 0, rows, 0]
    const open = [start]
    done[start] = 1
    for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
      cells.push(cell)
      const [x, y] = [cell % columns, Math.floor(cell / columns)]
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
      for (let dy = -reach; dy <= reach; dy += 1) {
        for (let dx = -reach; dx <= reach; dx += 1) {
          const next = (y + dy) * columns + x + dx
          if (x + dx < 0 || columns <= x + dx || y + dy < 0 || rows <= y + dy || done[next] || !on[next]) continue
          done[next] = 1
          open.push(next)
        }
      }
    }
    regions.push({ left, right, top, bottom, cells })
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
