import { openIncident, releasedStatements } from '@tongguan/gate'
import type { GateDatabase, IncidentFacts } from '@tongguan/gate'

/** The case of an incident with what this gate let out. */
export async function incidentOf(db: GateDatabase, facts: IncidentFacts): Promise<ReturnType<typeof openIncident>> {
  return openIncident(facts, await releasedStatements(db))
}

export type { IncidentCase, IncidentReport } from '@tongguan/gate'
