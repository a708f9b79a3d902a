// Run by bench-serve.ts in a process of its own: one route of Hono without anything of ours, as what a request costs at least.
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import type { AddressInfo } from 'node:net'

const app = new Hono().get('/', (c) => c.text('bare'))
const server = createAdaptorServer({ fetch: app.fetch })
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
