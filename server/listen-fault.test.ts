import { expect, it } from 'vitest'
import { listenFault } from './listen-fault.ts'

it.each([
  ['EADDRINUSE', 'Port 80 of 192.0.2.1 is taken'],
  ['EACCES', 'Port 80 of 192.0.2.1 is barred to this user'],
  ['EADDRNOTAVAIL', 'WANGLOU_HOST is "192.0.2.1", which is no address of this machine'],
  ['ENOTFOUND', 'WANGLOU_HOST is "192.0.2.1", which is no address of this machine'],
])('says what to do about %s', (code, sentence) => {
  expect(listenFault(code, '192.0.2.1', 80)).toContain(sentence)
})

it('leaves to programmers what no setting mends', () => {
  for (const code of ['EMFILE', undefined]) expect(listenFault(code, '::1', 80)).toBeNull()
})
