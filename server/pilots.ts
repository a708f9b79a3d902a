import type { Words } from '@tongguan/law'
import { existsSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { LessonSchema, lessonExample } from './contract/lesson.ts'
import type { Lesson } from './contract/lesson.ts'
import { readYamlFile } from './contract/yaml-file.ts'

/** A worked example: a folder that holds `lesson.yaml`. Nothing else names it. */
export interface Pilot {
  readonly name: string
  readonly folder: string
  readonly lesson: Lesson
}

/** The pilot a newcomer sees first: the first kind of case the regime approved. */
export const firstPilot = 'hospital-amsterdam'

/** Every pilot of this folder, the first one first, the others by name. */
export async function readPilotsIn(folder: string): Promise<readonly Pilot[]> {
  const names = (await readdir(folder)).filter((name) => existsSync(join(folder, name, lessonFile))).sort()
  const ordered = [...names.filter((name) => name === firstPilot), ...names.filter((name) => name !== firstPilot)]
  return Promise.all(
    ordered.map(async (name) => ({
      name,
      folder: join(folder, name),
      lesson: await readYamlFile(join(folder, name, lessonFile), LessonSchema, lessonExample),
    })),
  )
}

const lessonFile = 'lesson.yaml'

/** What of a pilot is a start for a case of one’s own, in the order one works through it. */
export const startFiles = {
  'README.md': { zh: '指南', en: 'the guide' },
  'facts.yaml': { zh: '出境事实，逐条说明', en: 'the export facts, each explained' },
  'months.csv': { zh: '逐月新增人数', en: 'persons new in each month' },
  'scenarios.csv': { zh: '自行主张的场景', en: 'scenarios of one’s own assertion' },
  'answers.yaml': { zh: '申报材料中须人工填写的内容', en: 'what the declaration asks by hand' },
  'contract.txt': { zh: '法律文件', en: 'the legal document' },
} as const satisfies Readonly<Record<string, Words>>

export type StartFile = keyof typeof startFiles

export const startFileNames = Object.keys(startFiles) as readonly StartFile[]

export function startFilesOf({ folder }: Pilot): readonly StartFile[] {
  return startFileNames.filter((name) => existsSync(join(folder, name)))
}

/** The bytes of one of its files; undefined where it has none of that name. */
export async function readStartFile(pilot: Pilot, name: string): Promise<Buffer | undefined> {
  const known = startFilesOf(pilot).find((one) => one === name)
  return known === undefined ? undefined : readFile(join(pilot.folder, known))
}
