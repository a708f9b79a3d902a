import { runPilotGuides } from './pilot-guides.ts'

runPilotGuides(1)
