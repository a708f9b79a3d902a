import manifest from './package.json' with { type: 'json' }

/** One version for all workspaces; it stands in every manifest. */
export const softwareVersion: string = manifest.version
