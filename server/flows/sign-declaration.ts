import { judgeBundle, openBundle, signBundle } from '@tongguan/dossier'
import type { BundleManifest, BundleVerdict, FilerTrust, FilingKey } from '@tongguan/dossier'
import { open, rename } from 'node:fs/promises'
import { basename } from 'node:path'
import { readBytes } from '../contract/yaml-file.ts'

/** Adds a signature to a bundle, in place: the file is the old one or the new one, never half of either. */
export async function signBundleFile(path: string, key: FilingKey): Promise<void> {
  const signed = await signBundle(await readBytes(path), basename(path), key)
  const half = `${path}.${process.pid}.tmp`
  const file = await open(half, 'wx')
  try {
    await file.writeFile(signed)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(half, path)
}

/** Opens a bundle, holds every byte against its manifest, and the signatures against who is believed. */
export async function verifyBundleFile(
  path: string,
  trust: FilerTrust,
  options: { readonly allowPilot: boolean },
): Promise<{ readonly verdict: BundleVerdict; readonly manifest: BundleManifest }> {
  const bundle = await openBundle(await readBytes(path), basename(path))
  return { verdict: judgeBundle(bundle, trust, options), manifest: bundle.manifest }
}
