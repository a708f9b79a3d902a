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

/** The exit code of a refusal by its code: nearly always a wrong call; an older database put back is a broken machine. */
export function exitOfRefusal(code: string): ExitCode {
  return code === 'gate.log-rolled-back' ? exitCode.broke : exitCode.wrong
}
