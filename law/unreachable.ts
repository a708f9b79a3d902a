/** Ends a `switch` that has run through every case; the compiler says where one was added. */
export function unreachable(value: never): never {
  throw new Error(`no case for ${JSON.stringify(value)}`)
}
