/** What a command's end means to whoever called it (contracts.md, "The command line"). */
export const exitCode = {
  done: 0,
  /** A lawful no: held, incomplete, verification failed. */
  no: 1,
  /** The call or an input is wrong; nothing was changed. */
  wrong: 2,
  /** Something broke: disk, database, engine. What was safe before is still safe. */
  broke: 3,
  /** Facts are missing and named, or accepted and waiting. */
  notYet: 4,
} as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]
