import type { Limits } from '../bytes.ts'
import { utf8Of } from '../bytes.ts'
import type { Claim } from '../header.ts'
import type { SourceFile } from '../sources.ts'
import { FileError } from '../words.ts'
import type { PartTable, Parts } from './parts.ts'

/** Variant Call Format (VCFv4.x): one column a person after FORMAT, under the sample's name. */
export const vcfStart = '##fileformat=VCF'

const fixedColumns = 9

const genotype: Claim = { kind: 'genotype', weight: 'full', of: 'subject', needsPersons: false }
const sample: Claim = {
  kind: 'subject_id',
  weight: 'full',
  of: 'subject',
  needsPersons: false,
  key: { entity: 'subject' },
}

/**
 * Takes the variants as a table, and the samples as another with the number of their genotypes, since each is a person
 * whose number stands in the header only. A file without samples is about no one. Throws FileError.
 */
export async function takeVcf(file: SourceFile, parts: Parts, limits: Limits, gzip: boolean): Promise<void> {
  let table: PartTable | undefined
  let rest = ''
  let columns = 0
  let samples: { readonly name: string; called: number }[] = []
  const take = (line: string) => {
    if (line.startsWith('##')) return
    const cells = line.split('\t')
    if (line.startsWith('#CHROM')) {
      if (table !== undefined) throw new FileError('scan.vcf-damaged')
      columns = cells.length
      const names = [(cells[0] ?? '').slice(1), ...cells.slice(1)]
      samples = names.slice(fixedColumns).map((name) => ({ name, called: 0 }))
      table = parts.table(
        null,
        'vcf',
        names,
        names.map((_, at) => (at < fixedColumns ? null : genotype)),
      )
      return
    }
    if (line === '') return
    if (table === undefined) throw new FileError('scan.vcf-damaged')
    if (cells.length !== columns) table.part.skipped++
    for (const [at, one] of samples.entries()) if (isCalled(cells[fixedColumns + at])) one.called++
    table.row(cells.length === columns ? cells : [...cells, ...Array<string>(columns).fill('')].slice(0, columns))
  }
  try {
    const decoder = new TextDecoder('utf-8')
    for await (const chunk of utf8Of(file, { encoding: 'utf-8', gzip }, limits)) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) take(line.endsWith('\r') ? line.slice(0, -1) : line)
    }
    const { length } = rest.split('\t')
    // The last line without its end, and short of cells: cut off.
    if (rest !== '' && table !== undefined && length < columns) table.part.error = 'scan.file-truncated'
    else take(rest)
    if (table === undefined) throw new FileError('scan.vcf-damaged')
  } catch (error) {
    if (!(error instanceof FileError) || table === undefined || error.code === 'scan.unpacks-to-too-much') throw error
    table.part.error = error.code
  } finally {
    table?.close()
    if (samples.length > 0) {
      const persons = parts.table('#samples', 'vcf', ['sample', 'genotypes'], [sample, genotype])
      for (const { name, called } of samples) persons.row([name, called === 0 ? '' : String(called)])
      persons.close()
    }
  }
}

// `./.` and `.` are genotypes nobody could tell.
const isCalled = (cell: string | undefined): boolean => cell !== undefined && /^[^.:]*\d/.test(cell)
