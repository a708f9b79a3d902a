import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import ConfigProvider from 'antd/es/config-provider'
import { useLayoutEffect, useSyncExternalStore } from 'react'
import { Speaks } from './language.tsx'
import type { Loaded } from './language.tsx'
import { applyPalette } from './palette.ts'
import { Refused } from './patient-fetch.ts'
import { createPortalRouter } from './router.tsx'
import { readSession } from './session.ts'
import { themeFor } from './theme.ts'

// The API layer repeats what reached nobody and waits for a new sign-in by itself; what it throws is final.
const queries = new QueryClient({
  queryCache: new QueryCache({
    // The organisation may ask for a second factor in the middle of a session: the router then leads to where one is added.
    onError(error) {
      if (error instanceof Refused && error.problem.code === 'session.second-factor-needed') void readSessionAnew()
    },
  }),
  defaultOptions: {
    queries: { retry: false, networkMode: 'always', staleTime: 15_000, refetchOnWindowFocus: true },
    mutations: { retry: false, networkMode: 'always' },
  },
})
const router = createPortalRouter(queries)

async function readSessionAnew(): Promise<void> {
  await queries.invalidateQueries({ queryKey: readSession.queryKey, refetchType: 'all' })
  await router.invalidate()
}

export function Portal({ first, nonce }: { readonly first: Loaded; readonly nonce: string }) {
  const scheme = useColourScheme()
  useLayoutEffect(() => {
    applyPalette(scheme)
  }, [scheme])
  return (
    <QueryClientProvider client={queries}>
      <Speaks first={first}>
        {(locale) => (
          <ConfigProvider csp={{ nonce }} theme={themeFor(scheme)} locale={locale} button={{ autoInsertSpace: false }}>
            <RouterProvider router={router} />
          </ConfigProvider>
        )}
      </Speaks>
    </QueryClientProvider>
  )
}

const dark = matchMedia('(prefers-color-scheme: dark)')

function useColourScheme(): 'light' | 'dark' {
  return useSyncExternalStore(
    (changed) => {
      dark.addEventListener('change', changed)
      return () => dark.removeEventListener('change', changed)
    },
    () => (dark.matches ? 'dark' : 'light'),
  )
}
