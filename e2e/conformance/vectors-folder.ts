import { resolve } from 'node:path'

const repo = resolve(import.meta.dirname, '../..')

/** Where the protocol vectors lie: beside the repo, unless `WANGLOU_VECTORS` names another place. */
export const vectorsFolder = resolve(
  repo,
  process.env.WANGLOU_VECTORS ?? '../shared/data/real/vectors',
)
