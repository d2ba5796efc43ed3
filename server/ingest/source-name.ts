import { code } from '#protocol/definition.ts'
import { ownSource } from '#protocol/source.ts'

/** How a source may sign: not as the server itself, or anybody could tell what only the server notices. */
export const sourceName = code(64).refine(
  (name) => name !== ownSource,
  `"${ownSource}" is the server's own name; sign as who you are`,
)
