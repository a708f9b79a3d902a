import type { Citation } from '../../citation.ts'

/**
 * Article 25: data that are controlled items (数据安全法).
 *
 * Data belonging to controlled items are under export control by law: a licence, whatever the path here says.
 */
export const controlledData = { instrument: 'dsl-2021', article: 25 } as const satisfies Citation
