import type { Random } from '#mock/random.ts'

const mask = Buffer.of(1, 2, 3, 4)

/** A client's frame (RFC 6455, 5.2), as wrong as it is told to be. */
export const wsFrame = (
  opcode: number,
  payload: Uint8Array,
  { isFinal = true, reserved = 0, isMasked = true, length = payload.length } = {},
): Buffer => {
  const head = [(isFinal ? 0x80 : 0) | (reserved << 4) | opcode]
  const bit = isMasked ? 0x80 : 0
  const long = Buffer.alloc(length < 126 ? 0 : length < 65_536 ? 2 : 8)
  if (length < 126) head.push(bit | length)
  else if (length < 65_536) {
    head.push(bit | 126)
    long.writeUInt16BE(length)
  } else {
    head.push(bit | 127)
    long.writeBigUInt64BE(BigInt(length))
  }
  const body = isMasked ? Buffer.from(payload).map((byte, at) => byte ^ mask[at % 4]!) : payload
  return Buffer.concat([Buffer.from(head), long, isMasked ? mask : Buffer.alloc(0), body])
}

/** So many tiny pieces of one message that never ends. */
export const fragments = (count: number): Buffer => {
  const piece = Buffer.from('x')
  const first = wsFrame(1, piece, { isFinal: false })
  const next = wsFrame(0, piece, { isFinal: false })
  return Buffer.concat([first, ...Array.from({ length: count - 1 }, () => next)])
}

/** A frame that is wrong in one way or in several. */
export const strangeFrame = (random: Random): Buffer => {
  const opcode = random.int(0, 15)
  const size = random.weighted([
    [0, 2],
    [random.int(1, 125), 5],
    [random.int(126, 300), 3],
    [65_537, 0.3],
  ])
  const payload = Buffer.from(Array.from({ length: size }, () => random.int(0, 255)))
  return wsFrame(opcode, payload, {
    isFinal: random.chance(0.7),
    reserved: random.chance(0.8) ? 0 : random.int(1, 7),
    isMasked: random.chance(0.9),
    length: random.chance(0.85)
      ? size
      : random.pick([0, 1, 125, 65_536, 2 ** 31, Number.MAX_SAFE_INTEGER]),
  })
}
