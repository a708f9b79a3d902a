import { queryOptions } from '@tanstack/react-query'
import { getSession } from './api.ts'

/** Who is signed in, and the day the installation goes by. */
export const readSession = queryOptions({ queryKey: ['session'], queryFn: getSession, staleTime: 5 * 60_000 })
