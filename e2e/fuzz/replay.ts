import { fuzzDoors } from './doors.ts'
import { inputOf } from './input.ts'
import { removeQuickFolders } from './quick-folder.ts'
import { shown } from './shrink.ts'
import { tryDoor } from './try-door.ts'

/** `node e2e/fuzz/replay.ts DOOR SEED N [COUNT]`: input N of a door again, or COUNT of them from N on. */
const [name, seed, first, count = '1'] = process.argv.slice(2)
const door = fuzzDoors.find((each) => each.name === name)
if (!door || first === undefined) {
  console.error(
    `replay: DOOR SEED N [COUNT]; doors: ${fuzzDoors.map((each) => each.name).join(' ')}`,
  )
  process.exit(2)
}
if (count === '1') console.log(shown(inputOf(door, Number(seed), Number(first))))
const tried = await tryDoor(door, Number(seed), Number(count), () => {}, Number(first))
removeQuickFolders()
console.log(tried.fault ?? 'no fault', { ...tried, fault: undefined })
process.exitCode = tried.fault ? 1 : 0
