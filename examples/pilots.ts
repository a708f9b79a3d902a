import type { ExportFacts } from '@tongguan/law'
import { ExportFactsSchema, factsExample } from '@tongguan/server/contract/export-facts'
import { readYamlFile } from '@tongguan/server/contract/yaml-file'
import { readPilotsIn } from '@tongguan/server/pilots'
import type { Pilot } from '@tongguan/server/pilots'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/*
 * A pilot is a folder here that holds `lesson.yaml`: with it stand `generate.ts`, which makes the data, `facts.yaml`, a
 * guide `README.md`, and where a declaration is to be written `answers.yaml` and `contract.txt`. Nothing else names it.
 */

/** What a pilot's generator is asked for. */
export interface GenerateOptions {
  readonly seed?: number
  readonly progress?: (progress: Progress) => void
  /**
   * One person of so many, for tests: a pilot of more than `largeFrom` persons divides every number of its lesson by
   * it. Smaller ones need not heed it.
   */
  readonly oneIn?: number
}

/** A pilot with more persons than this heeds `oneIn`, and its numbers are multiples of a hundred. */
export const largeFrom = 100_000

/** How many persons of a large pilot's number are asked for. */
export function personsIn(number: number, { oneIn = 1 }: GenerateOptions): number {
  return number / oneIn
}

/** How far it is, in steps of the generator's own; only the share counts. */
export interface Progress {
  readonly done: number
  readonly total: number
}

/** Where a pilot's files are. */
export interface PilotData {
  /** The folder to scan. */
  readonly data: string
  /** The folder inside it that the declaration is about, where other data go by another path; left out: all of it. */
  readonly declared?: string
  /** Outbound batches in the order they are brought to the gate. */
  readonly batches: readonly string[]
}

/** Every pilot, the first one first, the others by name. */
export function readPilots(): Promise<readonly Pilot[]> {
  return readPilotsIn(import.meta.dirname)
}

/** One pilot by the name of its folder; undefined where there is none. */
export async function findPilot(name: string): Promise<Pilot | undefined> {
  return (await readPilots()).find((pilot) => pilot.name === name)
}

export function factsOf({ folder }: Pilot): Promise<ExportFacts> {
  return readYamlFile(join(folder, 'facts.yaml'), ExportFactsSchema, factsExample)
}

/** Runs the pilot's own generator; the same seed gives the same bytes. */
export async function generate({ folder }: Pilot, into: string, options: GenerateOptions = {}): Promise<PilotData> {
  // The one promise every generate.ts makes; a test calls each of them.
  const made = (await import(pathToFileURL(join(folder, 'generate.ts')).href)) as {
    readonly generate: (folder: string, options: GenerateOptions) => Promise<PilotData>
  }
  return made.generate(into, options)
}
