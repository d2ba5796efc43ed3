import { expect, it } from 'vitest'
import { createLog, sayPlainly } from './log.ts'

const open = (level: Parameters<typeof createLog>[0]) => {
  const lines: string[] = []
  return { lines, log: createLog(level, { write: (line) => lines.push(line) }) }
}

it('writes a line of JSON for each sentence that is loud enough', () => {
  const { lines, log } = open('info')
  log.debug('too quiet')
  log.info('A backup was taken', { seq: 7 })
  const line = JSON.parse(lines[0]!)
  expect(lines).toHaveLength(1)
  expect(line).toEqual({
    level: 'info',
    time: expect.stringMatching(/Z$/),
    seq: 7,
    msg: 'A backup was taken',
  })
})

it('is toggled between debug and its own level', () => {
  const { lines, log } = open('warn')
  log.info('no')
  log.toggleDebug()
  log.debug('yes')
  log.toggleDebug()
  log.info('no')
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['The log level changed', 'yes'])
})

it('says it plainly to a person at a terminal', () => {
  const { lines, log } = open('debug')
  log.warn('The disk is slow', { id: 'disk-slow', message: 'p99 2 s' })
  log.info('spoke', { part: 'mock' })
  const [warning, mock] = lines.map(sayPlainly)
  expect(warning).toMatch(
    /^\d\d:\d\d:\d\dZ warn: The disk is slow id=disk-slow message="p99 2 s"\n$/,
  )
  expect(mock).toMatch(/^\d\d:\d\d:\d\dZ mock: spoke\n$/)
})
