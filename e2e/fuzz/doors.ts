import type { FuzzDoor } from './door.ts'
import { feedDoors } from './doors/feed.ts'
import { fileDoors } from './doors/files.ts'
import { httpDoors } from './doors/http.ts'
import { ingestDoors } from './doors/ingest.ts'
import { keptDoors } from './doors/kept.ts'
import { recordingDoors } from './doors/recording.ts'

/** Every door that bytes from outside come in by. */
export const fuzzDoors: readonly FuzzDoor[] = [
  ...ingestDoors,
  ...keptDoors,
  ...feedDoors,
  ...fileDoors,
  ...recordingDoors,
  ...httpDoors,
]
