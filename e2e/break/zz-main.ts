import { freeLoop } from './zz-loop.ts'

console.log(
  await freeLoop.run({ isShort: process.argv[2] === '--short', seed: 1, tell: console.log }),
)
