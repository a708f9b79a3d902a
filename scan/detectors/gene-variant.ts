import { keepEnds } from './detector.ts'
import type { Detector } from './detector.ts'

/** Names of variants and alleles of genes. */
export const geneVariant: Detector = {
  kind: 'genotype',
  source: 'dbSNP reference numbers; HGVS nomenclature 21.0; HLA nomenclature (WHO)',
  cell: '^(?:rs\\d{3,10}|(?:N[MCGPR]_\\d+(?:\\.\\d+)?(?:\\([A-Z0-9-]+\\))?:)?[cgmnp]\\.[A-Za-z0-9*_>()+=-]{3,40}|HLA-[A-Z]{1,3}\\d{0,2}\\*\\d{2,3}(?::\\d{2,3}){0,3})$',
  chance: 0.05,
  rate: 0.8,
  distinct: 0,
  alone: true,
  because: 'pattern',
  confusedWith: 'row numbers written rs1, rs2; three digits and more, and the column, settle it',
  mask: keepEnds(2, 0),
}

/** Calls of a genotype; so short that a header must agree. */
export const genotypeCall: Detector = {
  kind: 'genotype',
  source: 'VCF 4.3, field GT; pairs of bases',
  cell: '^(?:[0-9.][/|][0-9.](?::.*)?|[ACGT-]/?[ACGT-])$',
  chance: 0.5,
  rate: 0.8,
  distinct: 0,
  alone: false,
  because: 'pattern',
  confusedWith: 'fractions and two-letter codes; only a header settles it',
  mask: keepEnds(0, 0),
}
