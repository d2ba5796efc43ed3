const text = 0x81
const binary = 0x82

/** A whole WebSocket message from the server (RFC 6455, 5.2): one frame, no mask, header and payload in one piece. */
export const wireFrame = (payload: Buffer, isBinary: boolean): Buffer => {
  const { length } = payload
  const headerBytes = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const wire = Buffer.allocUnsafe(headerBytes + length)
  wire[0] = isBinary ? binary : text
  if (headerBytes === 2) wire[1] = length
  else if (headerBytes === 4) {
    wire[1] = 126
    wire.writeUInt16BE(length, 2)
  } else {
    wire[1] = 127
    wire.writeBigUInt64BE(BigInt(length), 2)
  }
  wire.set(payload, headerBytes)
  return wire
}
