import { Buffer } from 'buffer'

// Gate and log know `Buffer` as Node has it, without importing it. Imported before them.
Object.assign(globalThis, { Buffer })
