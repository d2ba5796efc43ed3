import { answerBursts } from './answer-bursts.ts'
import { makeMessages, type Size, ways } from './ways.ts'

const way = ways[process.argv[2]!]!
await answerBursts(way, (size: Size, count) => makeMessages(way, size, count))
