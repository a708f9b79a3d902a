import { OpenAPIHono } from '@hono/zod-openapi'
import { routes } from './contract/routes.ts'
import { softwareVersion } from './version.ts'

/** The API as OpenAPI 3.1, made from the contract; `server/openapi.json` is its printed form, and drift fails the check. */
export function openApiDocument() {
  const { openAPIRegistry, getOpenAPI31Document } = new OpenAPIHono()
  for (const route of Object.values(routes)) openAPIRegistry.registerPath(route)
  const document = getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Tongguan 通关',
      version: softwareVersion,
      description:
        'The case of a security assessment of a data export (数据出境安全评估). What changes something needs an Idempotency-Key, a step of a case also If-Match; what is refused is problem+json with a stable code and words in Chinese and English.',
      license: { name: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
  })
  return JSON.parse(JSON.stringify(document), withoutFlag) as typeof document
}

/** JSON Schema reads each pattern as Unicode and has no flags; the generator appends them. */
function withoutFlag(key: string, value: unknown): unknown {
  return key === 'pattern' && typeof value === 'string' ? value.replace(/\/u$/, '') : value
}

export function printOpenApi(): string {
  return `${JSON.stringify(openApiDocument(), null, 2)}\n`
}
