import { pathWords } from '@tongguan/law'
import { guarded } from '../app.ts'
import type { App, Server } from '../app.ts'
import { readPilotsIn, readStartFile, startFiles, startFilesOf } from '../pilots.ts'
import { RequestProblem } from '../problem.ts'

/** The worked examples: what each teaches, and its files to start a case of one's own from. */
export function pilotRoutes(app: App, server: Server): void {
  const pilots = () => (server.pilots === undefined ? Promise.resolve([]) : readPilotsIn(server.pilots))

  app.openapi(guarded(server, 'listPilots'), async (c) =>
    c.json(
      {
        pilots: (await pilots()).map((pilot) => ({
          name: pilot.name,
          title: pilot.lesson.title,
          teaches: pilot.lesson.teaches,
          pathWords: pathWords[pilot.lesson.path],
          files: startFilesOf(pilot).map((name) => ({
            name,
            words: startFiles[name],
            href: `/v1/pilots/${pilot.name}/files/${name}`,
          })),
        })),
      },
      200,
    ),
  )

  app.openapi(guarded(server, 'getPilotFile'), async (c) => {
    const { pilot: name, file } = c.req.valid('param')
    const pilot = (await pilots()).find((one) => one.name === name)
    const bytes = pilot && (await readStartFile(pilot, file))
    if (bytes === undefined) throw new RequestProblem('pilot.not-found', { pilot: name, file })
    return c.body(new Uint8Array(bytes), 200, {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${file}"`,
      'Content-Security-Policy': 'sandbox',
    })
  })
}
