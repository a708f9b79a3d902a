#!/usr/bin/env node
// `tongguan`: hands over to the pinned Node, because npm's shims run on whatever Node the machine has.
import { runPinned } from '../scripts/start.mjs'

await runPinned(['cli/main.ts', ...process.argv.slice(2)], { cwd: process.cwd() })
