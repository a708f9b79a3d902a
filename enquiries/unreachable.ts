/** The end of a switch that has a case for every kind: the compiler refuses a call while one is missing. */
export function unreachable(value: never): never {
  throw new Error(`no case for ${JSON.stringify(value)}`)
}
