import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { linesOf, surveyOf } from './recording.ts'

const folder = mkdtempSync(join(tmpdir(), 'recording-'))
afterAll(() => rmSync(folder, { recursive: true }))

const write = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const read = async (path: string) => {
  const lines: [number, string][] = []
  for await (const { number, bytes } of linesOf(path)) lines.push([number, bytes.toString()])
  return lines
}
const never = new AbortController().signal

describe('a recording', () => {
  test('is read line by line: empty lines count and are left out', async () => {
    const text = '{"a":1}\n\n{"b":"\u2028"}\r\n  \n{"c":3}'
    const lines = [
      [1, '{"a":1}'],
      [3, '{"b":"\u2028"}\r'],
      [5, '{"c":3}'],
    ]
    expect(await read(write('plain', text))).toEqual(lines)
    expect(await read(write('zipped', gzipSync(text)))).toEqual(lines)
  })

  test('declares nothing: what its server noticed of its own door is left out', async () => {
    const declared = '{"body":{"source":"cad"},"id":"x","type":"feed.declared"}'
    const text = `{"a":1}\n${declared}\n{"type":"incident.closed"}`
    expect(await read(write('noticed', text))).toEqual([
      [1, '{"a":1}'],
      [3, '{"type":"incident.closed"}'],
    ])
  })

  test('may be longer than what is read at once', async () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, i) => `{"n":${i},"望":"${'楼'.repeat(i % 7)}"}`,
    )
    const path = write('long', gzipSync(lines.join('\n')))
    expect(await read(path)).toEqual(lines.map((line, index) => [index + 1, line]))
  })

  test('keeps bytes that are no text', async () => {
    const path = write('bytes', new Uint8Array([0x7b, 0xff, 0x0a]))
    const all = await Array.fromAsync(linesOf(path))
    expect(all.map(({ bytes }) => [...bytes])).toEqual([[0x7b, 0xff]])
  })

  test('tells its first and its newest time, whatever else is in it', async () => {
    const text = 'no\n{"at":"5"}\n{"at":20}\n{"at":90}\n{"at":40}\n[1]\nnull\n'
    const firstLine = { event: null, position: null }
    expect(await surveyOf(write('times', text), never)).toEqual({
      records: 7,
      firstLine,
      firstAt: 20,
      lastAt: 90,
    })
    const none = { records: 0, firstLine, firstAt: null, lastAt: null }
    expect(await surveyOf(write('empty', ''), never)).toEqual(none)
  })

  test('tells events from positions, and where the first of each is', async () => {
    const position = '{"unit":"u","at":1,"lon":1,"lat":1}'
    const event = '{"id":"e","type":"incident.handled","unit":"u","lon":1,"lat":1}'
    const firstLines = async (...lines: string[]) =>
      (await surveyOf(write('kinds', lines.join('\n')), never)).firstLine
    expect(await firstLines('{', '{"lon":1,"lat":1}', position, position)).toEqual({
      event: null,
      position: 3,
    })
    expect(await firstLines(event, '', position)).toEqual({ event: 1, position: 3 })
  })

  test('that breaks off, or is no list of lines, is not read in silence', async () => {
    const zipped = gzipSync(Array.from({ length: 5000 }, Math.random).join('\n'))
    const broken = write('broken', zipped.subarray(0, zipped.length / 2))
    await expect(surveyOf(broken, never)).rejects.toThrow('unexpected end of file')
    const endless = write('endless', Buffer.alloc(2 * 1024 * 1024, 'x'))
    await expect(surveyOf(endless, never)).rejects.toThrow('line 1 is longer than 1 MiB')
    await expect(surveyOf(join(folder, 'nowhere'), never)).rejects.toThrow('ENOENT')
  })
})
