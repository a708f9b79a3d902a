import { countedOf } from '@tongguan/gate'
import { cite, pathWords } from '@tongguan/law'
import { guarded } from '../app.ts'
import type { App, Server } from '../app.ts'
import { clockOf } from '../case-page.ts'
import { yearMeter } from '../meters.ts'

/** What a handler's gate has counted, against the lines of the law and the ceilings of permits. */
export function meterRoutes(app: App, server: Server): void {
  const { records, clock } = server

  app.openapi(guarded(server, 'getMeters'), async (c) => {
    const on = clock.on()
    const { creditCode } = c.get('viewer').organisation
    // Where no gate has worked for this handler nothing is known, which is not the same as nobody.
    const bound = await records.db.selectFrom('gate_handler').select('credit_code').executeTakeFirst()
    const counts = creditCode !== null && bound?.credit_code === creditCode
    const counted = counts
      ? await countedOf(records.db, { handler: creditCode, year: Number(on.slice(0, 4)) })
      : { year: null, permits: [] }
    return c.json(
      {
        counts,
        year: counted.year === null ? null : yearShown(counted.year),
        permits: counted.permits,
        clock: clockOf(clock),
      },
      200,
    )

    function yearShown(persons: { readonly general: number; readonly sensitive: number }) {
      const { from, forecast, lines } = yearMeter(persons, on)
      return {
        from,
        counted: persons,
        forecast,
        lines: lines.map(({ line, left, reachedOn }) => ({
          kind: line.kind,
          persons: line.persons,
          leadsTo: pathWords[line.leadsTo],
          citation: cite(line.citation),
          left,
          reachedOn,
        })),
      }
    }
  })
}
