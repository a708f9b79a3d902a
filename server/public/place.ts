import type { AppContext, Server } from '../app.ts'
import type { Place } from './page.ts'

/** In which language and for which offices a page speaks. */
export async function placeOf(server: Server, c: AppContext): Promise<Place> {
  return {
    language: c.req.query('lang') === 'en' ? 'en' : 'zh',
    day: server.clock.on(),
    pilot: server.installation.kind === 'pilot',
    offices: server.role === 'handler' ? [] : await officesOf(server),
  }
}

async function officesOf({ records }: Server): Promise<readonly string[]> {
  const rows = await records.db
    .selectFrom('auth_organization')
    .select('province')
    .distinct()
    .where('kind', '=', 'province')
    .where('province', 'is not', null)
    .orderBy('province')
    .execute()
  return rows.flatMap(({ province }) => (province === null ? [] : [province]))
}
