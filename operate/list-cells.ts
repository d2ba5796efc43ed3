import { parseArgs } from 'node:util'
import { SettingsWrong } from '#server/settings.ts'
import { cellsListed } from './cells-listed.ts'
import { openWallDoor, WallRefused } from './wall-door.ts'

/** A name of its own: a list that bore the grid's would end the silence of a grid that says nothing. */
const ownName = 'cell-list'

const helpText = `npm run list-cells

Tells the wall which cells there are: those of the file that WANGLOU_MAP names as its cells, all of them. What the wall
was told before of the same prefecture's cells no longer stands. Do it again when the file has changed.

  --source NAME   who says so: ${ownName} unless told otherwise. Not the name by which a system signs its reports: the
                  wall would take the list for a word of that system, and no longer call it silent
  --help          this page

A wall with cells of its own runs with WANGLOU_MOCK=off: the simulated prefecture lists its cells at every midnight, and
yours are then off the list.

Exit code 0: done. 1: the wall cannot be reached, has no cells of its own, or refuses them. 2: the command line is wrong.
The wall is the one of WANGLOU_PORT and WANGLOU_DATA, as the server reads them.`

interface Receipt {
  refused: { field: string | null; reason: string }[]
}

const run = async (): Promise<number> => {
  let options: { source?: string; help?: boolean }
  try {
    options = parseArgs({
      options: { source: { type: 'string' }, help: { type: 'boolean' } },
    }).values
  } catch (error) {
    console.error(`${(error as Error).message} See --help.`)
    return 2
  }
  const { source = ownName, help } = options
  if (help) {
    console.log(helpText)
    return 0
  }
  const wall = openWallDoor(process.env)
  const { lists, count } = cellsListed(await (await wall.ask('/map/cells.json')).json())
  const at = Date.now()
  const lines = lists.map((body, n) => {
    const id = `cells-listed-${at}-${body.division}`
    return { id, type: 'cell.listed', at: at + n, source, body }
  })
  const { refused } = (await (await wall.ask('/ingest/events', lines)).json()) as Receipt
  for (const { field, reason } of refused) console.error(`${field ?? 'the list'}: ${reason}`)
  if (refused.length > 0) return 1
  const townships = lists.reduce((sum, list) => sum + list.townships.length, 0)
  console.log(`${count} cells are listed in ${lists[0]!.division} (townships: ${townships}).`)
  return 0
}

process.exitCode = await run().catch((fault: unknown) => {
  const isSayable = fault instanceof WallRefused || fault instanceof SettingsWrong
  console.error(isSayable ? fault.message : fault)
  return 1
})
