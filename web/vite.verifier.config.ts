import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The verifier as one classic script, so that it also runs inside a file opened from a disk. */
export default defineConfig({
  root: here('.'),
  publicDir: false,
  resolve: { alias: [{ find: /^(node:)?crypto$/, replacement: here('verifier/node-crypto.ts') }] },
  build: {
    emptyOutDir: false,
    target: 'chrome92',
    reportCompressedSize: false,
    lib: { entry: here('verifier/main.ts'), formats: ['iife'], name: 'verifier', fileName: () => 'verify.js' },
  },
})
