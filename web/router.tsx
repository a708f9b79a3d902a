import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import type { CaseSummary, QueuedCase } from './api.ts'
import { readSession } from './session.ts'
import { Broken, DeadLink } from './pages/problem.tsx'
import { Shell } from './parts/shell.tsx'

const root = createRootRouteWithContext<{ readonly queries: QueryClient }>()({
  component: Shell,
  notFoundComponent: DeadLink,
  errorComponent: Broken,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { to?: string; step?: 'code' | 'provider-refused' } => ({
    ...whereTo(search['to']),
    ...(search['step'] === 'code' || search['step'] === 'provider-refused' ? { step: search['step'] } : {}),
  }),
  component: lazyRouteComponent(() => import('./pages/sign-in.tsx'), 'SignIn'),
})

const joinPage = createRoute({
  getParentRoute: () => root,
  path: '/join',
  component: lazyRouteComponent(() => import('./pages/join.tsx'), 'Join'),
})

/** Everything but the sign-in page asks who is there first. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(readSession)
    if (session.me === null) throw redirect({ to: '/sign-in', search: whereTo(location.href) })
    if (session.me.secondFactorMissing && location.pathname !== '/account') throw redirect({ to: '/account' })
  },
})

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async ({ context }) => {
    const { me } = await context.queries.ensureQueryData(readSession)
    // Who may see no case has another first page.
    throw redirect({ to: me === null || me.operations.includes('listCases') ? '/cases' : '/account' })
  },
})

const accountPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/account',
  component: lazyRouteComponent(() => import('./pages/account.tsx'), 'Account'),
})

const organisationPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/organisation',
  component: lazyRouteComponent(() => import('./pages/organisation.tsx'), 'OrganisationPage'),
})

const caseList = createRoute({
  getParentRoute: () => signedIn,
  path: '/cases',
  validateSearch: (search: Record<string, unknown>): { status?: CaseSummary['status']; after?: readonly string[] } => {
    const { status, after } = search
    return {
      // The server says what is no status; the type is for the links of this portal.
      ...(typeof status === 'string' ? { status: status as CaseSummary['status'] } : {}),
      ...(Array.isArray(after) ? { after: after.map(String) } : {}),
    }
  },
  component: lazyRouteComponent(() => import('./pages/case-list.tsx'), 'CaseList'),
})

const casePage = createRoute({
  getParentRoute: () => signedIn,
  path: '/cases/$no',
  component: lazyRouteComponent(() => import('./pages/case.tsx'), 'CasePage'),
})

const evidencePage = createRoute({
  getParentRoute: () => signedIn,
  path: '/cases/$no/evidence',
  component: lazyRouteComponent(() => import('./pages/evidence.tsx'), 'EvidencePage'),
})

const preparations = createRoute({
  getParentRoute: () => signedIn,
  path: '/preparations',
  validateSearch: (search: Record<string, unknown>): { before?: string } => {
    const { before } = search
    return typeof before === 'string' ? { before } : {}
  },
  component: lazyRouteComponent(() => import('./pages/preparations.tsx'), 'Preparations'),
})

const preparationPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/preparations/$no',
  validateSearch: (search: Record<string, unknown>): { section?: string; place?: string } => {
    const { section, place } = search
    return {
      ...(typeof section === 'string' ? { section } : {}),
      ...(typeof place === 'string' ? { place } : {}),
    }
  },
  component: lazyRouteComponent(() => import('./pages/preparation.tsx'), 'PreparationPage'),
})

const desk = createRoute({
  getParentRoute: () => signedIn,
  path: '/desk',
  validateSearch: (
    search: Record<string, unknown>,
  ): { queue?: QueuedCase['queue']; mine?: true; after?: readonly string[] } => {
    const { queue, mine, after } = search
    return {
      // As above: the server says what is no queue.
      ...(typeof queue === 'string' ? { queue: queue as QueuedCase['queue'] } : {}),
      ...(mine === true ? { mine } : {}),
      ...(Array.isArray(after) ? { after: after.map(String) } : {}),
    }
  },
  component: lazyRouteComponent(() => import('./pages/desk.tsx'), 'Desk'),
})

const individuals = createRoute({
  getParentRoute: () => signedIn,
  path: '/individuals',
  component: lazyRouteComponent(() => import('./pages/individuals.tsx'), 'Individuals'),
})

const pilotsPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/pilots',
  component: lazyRouteComponent(() => import('./pages/pilots.tsx'), 'Pilots'),
})

const enquiries = createRoute({
  getParentRoute: () => signedIn,
  path: '/enquiries',
  validateSearch: (search: Record<string, unknown>): { show?: 'open' | 'contradicting'; before?: string } => {
    const { show, before } = search
    return {
      ...(show === 'open' || show === 'contradicting' ? { show } : {}),
      ...(typeof before === 'string' ? { before } : {}),
    }
  },
  component: lazyRouteComponent(() => import('./pages/enquiries.tsx'), 'Enquiries'),
})

const enquiryPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/enquiries/$no',
  component: lazyRouteComponent(() => import('./pages/enquiry.tsx'), 'EnquiryPage'),
})

const interpretations = createRoute({
  getParentRoute: () => signedIn,
  path: '/interpretations',
  component: lazyRouteComponent(() => import('./pages/interpretations.tsx'), 'Interpretations'),
})

const interpretationPage = createRoute({
  getParentRoute: () => signedIn,
  path: '/interpretations/$no',
  component: lazyRouteComponent(() => import('./pages/interpretations.tsx'), 'InterpretationPage'),
})

const programme = createRoute({
  getParentRoute: () => signedIn,
  path: '/programme',
  component: lazyRouteComponent(() => import('./pages/programme.tsx'), 'Programme'),
})

const figures = createRoute({
  getParentRoute: () => signedIn,
  path: '/figures',
  validateSearch: (search: Record<string, unknown>): { from?: string; to?: string } => {
    const { from, to } = search
    return { ...(typeof from === 'string' ? { from } : {}), ...(typeof to === 'string' ? { to } : {}) }
  },
  component: lazyRouteComponent(() => import('./pages/figures.tsx'), 'Figures'),
})

export function createPortalRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([
      home,
      signIn,
      joinPage,
      signedIn.addChildren([
        caseList,
        casePage,
        evidencePage,
        preparations,
        preparationPage,
        accountPage,
        organisationPage,
        desk,
        enquiries,
        enquiryPage,
        interpretations,
        interpretationPage,
        programme,
        figures,
        individuals,
        pilotsPage,
      ]),
    ]),
    context: { queries },
    defaultPreload: 'intent',
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPortalRouter>
  }
}

// Only an address of this site: a link must not send somebody elsewhere after signing in.
function whereTo(to: unknown): { to?: string } {
  return typeof to === 'string' && /^\/(?![/\\])/.test(to) && to !== '/' ? { to } : {}
}
