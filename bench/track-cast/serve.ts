import { answerBursts } from '../fan-out/answer-bursts.ts'
import { moveUnits, ways } from './ways.ts'

await answerBursts(ways[process.argv[2]!]!, (units: number, ticks) =>
  Array.from({ length: ticks }, () => moveUnits(units)),
)
