import { describe, expect, test } from 'vitest'
import { readOptions, WrongOption } from './options.ts'

const own = 'http://127.0.0.1:8080'
const read = (...args: string[]) => readOptions(args, own)

describe('the command line', () => {
  test('needs a file and nothing else', () => {
    expect(read('week.gz')).toEqual({
      file: 'week.gz',
      url: `${own}/`,
      speed: null,
      loop: false,
      keepTime: false,
      tag: null,
    })
  })

  test('takes all of it at once', () => {
    const args = ['--speed', '2.5', '--loop', 'a', '--keep-time', '--tag', '第二次']
    expect(read(...args, '--url', 'https://wall.example:8443')).toEqual({
      file: 'a',
      url: 'https://wall.example:8443/',
      speed: 2.5,
      loop: true,
      keepTime: true,
      tag: '第二次',
    })
  })

  test('asks for help', () => expect(read('--help')).toBeNull())

  test.each([
    [[], 'Name the file to replay.'],
    [['a', 'b'], 'One file at a time: "b" is one too many.'],
    [['a', '--speed', '0'], '--speed must be a number above 0, not "0".'],
    [['a', '--speed', 'fast'], '--speed must be a number above 0, not "fast".'],
    [['a', '--speed', ''], '--speed must be a number above 0, not "".'],
    [['a', '--url', 'wall:8080'], '--url must be an http address, not "wall:8080".'],
    [['a', '--tag', 'a b'], '--tag must be 1 to 16 letters, digits or . _ -, not "a b".'],
    [['a', '--sped', '3'], "Unknown option '--sped'."],
    [['a', '--speed'], "Option '--speed <value>' argument missing."],
  ])('%j is wrong, in one sentence', (args, sentence) => {
    expect(() => read(...args)).toThrow(new WrongOption(sentence))
  })
})
