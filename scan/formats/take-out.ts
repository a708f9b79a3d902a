import { basename } from 'node:path'
import { hashOf, seenNothing, unpacked } from '../bytes.ts'
import type { Limits } from '../bytes.ts'
import type { Container, SourceFile } from '../sources.ts'
import { FileError } from '../words.ts'
import { takeDicom } from './dicom.ts'
import { takeFhir } from './fhir.ts'
import { Parts, sourceOf } from './parts.ts'
import { takeText } from './plain-text.ts'
import { takeSqlDump } from './sql-dump.ts'
import { takeTar } from './tar-archive.ts'
import { takeVcf } from './vcf.ts'
import { takeWord } from './word-file.ts'
import { takeWorkbook } from './workbook.ts'
import { takeXport } from './xport.ts'
import { openZip, takeZip } from './zip-archive.ts'

const deepest = 3

/**
 * What a file of another format holds, as files to scan, which lie in `folder` under names that begin with `place`. Where
 * it breaks off, what was read before stays and says so. Throws FileError where nothing could be read.
 */
export async function takeOut(
  file: SourceFile,
  container: Container,
  { folder, place, limits }: { readonly folder: string; readonly place: string; readonly limits: Limits },
): Promise<readonly SourceFile[]> {
  const parts = new Parts(folder, place, file, limits)
  await take(file, container, parts, limits)
  if (parts.all.length === 0) throw new FileError('scan.file-empty')
  const sha256 = await hashOf(file)
  return parts.all.map((part) => sourceOf(part, file, sha256))
}

async function take(file: SourceFile, container: Container, parts: Parts, limits: Limits): Promise<void> {
  const { gzip, encoding, lines } = container
  switch (container.take) {
    case 'gzip':
      refuseTooDeep(file)
      return unpack(file, parts, limits)
    case 'zip':
      return takeZipFamily(file, parts, limits)
    case 'tar':
      refuseTooDeep(file)
      return takeTar(file, parts, limits, gzip)
    case 'xport':
      return takeXport(file, parts, limits, gzip)
    case 'dicom':
      return takeDicom(file, parts, limits)
    case 'vcf':
      return takeVcf(file, parts, limits, gzip)
    case 'fhir':
      return takeFhir(file, parts, limits, { format: lines ? 'ndjson' : 'json', gzip, encoding })
    case 'sql':
      return takeSqlDump(file, parts, limits, gzip, encoding)
    case 'text':
      return takeText(file, parts, limits, gzip, encoding)
    default:
      throw new TypeError(`no reader for ${String(container.take satisfies never)}`)
  }
}

/** A gzip of something else than text, under its own name without the `.gz`. */
async function unpack(file: SourceFile, parts: Parts, limits: Limits): Promise<void> {
  const out = parts.file(basename(file.path).replace(/\.gz$/i, ''))
  try {
    for await (const chunk of unpacked(file, true, limits, seenNothing())) out.write(chunk)
  } finally {
    out.close()
  }
}

/** Office files are zip archives; which, their parts say. */
async function takeZipFamily(file: SourceFile, parts: Parts, limits: Limits): Promise<void> {
  const zip = await openZip(file)
  const names = new Set(zip.entries.keys())
  zip.close()
  if (names.has('xl/workbook.xml')) return takeWorkbook(file, parts, limits)
  if (names.has('word/document.xml')) return takeWord(file, parts, limits)
  refuseTooDeep(file)
  return takeZip(file, parts, limits)
}

function refuseTooDeep({ depth = 0 }: SourceFile): void {
  if (depth >= deepest) throw new FileError('scan.archive-too-deep')
}
