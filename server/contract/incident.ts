import type { IncidentFacts } from '@tongguan/gate'
import { z } from 'zod'

const said = (what: string) => z.string().min(1).max(4_000).exactOptional().describe(what)
const name = z.string().min(1).max(200)

/** `tongguan/incident/1`: what a person says of a security incident with data that were released. */
export const IncidentSchema: z.ZodType<IncidentFacts, unknown> = z
  .strictObject({
    schema: z.literal('tongguan/incident/1'),
    id: z.string().regex(/^[\w-]{1,64}$/),
    knownAt: z.iso.datetime({ offset: true }).describe('When the handler learned of it'),
    what: z.enum(['leak', 'tampering', 'loss', 'destruction', 'illegal-access', 'illegal-use']),
    happened: said('What happened, and when'),
    cause: said('Its cause'),
    harm: said('The harm that may follow'),
    remedies: said('What was done about it'),
    individualsCan: said('What the persons concerned can do themselves'),
    contact: said('Whom to ask'),
    lossYuan: z.int().min(0).exactOptional().describe('Direct loss in yuan'),
    province: name.describe('The provincial office it is reported to'),
    sectorAuthority: name.exactOptional(),
    sector: z
      .enum([
        'automobile',
        'human-genetic-resources',
        'health',
        'credit-reporting',
        'geography',
        'industry-and-telecom',
        'finance',
      ])
      .exactOptional(),
    batches: z
      .array(name)
      .min(1)
      .max(10_000)
      .exactOptional()
      .describe('The batches concerned; left out: all that left'),
    recipient: name.exactOptional().describe('Only what left for this recipient'),
  })
  .transform(({ schema: _schema, ...facts }) => facts)

export const incidentExample = `schema: tongguan/incident/1
id: incident-1
knownAt: 2026-11-23T09:30:00+08:00
what: leak
cause: a laptop of the recipient was stolen
province: 北京市互联网信息办公室`
