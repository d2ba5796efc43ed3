import { zxyToTileId } from 'pmtiles'

const varint = (value: number): number[] =>
  value < 128 ? [value] : [128 + (value % 128), ...varint(Math.floor(value / 128))]

/** A PMTiles file of one PNG, as the specification of version 3 has it: nothing is compressed. */
export const oneTileArchive = (png: Buffer, z: number, x: number, y: number): Buffer => {
  const header = Buffer.alloc(127)
  header.write('PMTiles', 'latin1')
  header[7] = 3
  // count, id, run, length, offset + 1
  const directory = Buffer.from([1, zxyToTileId(z, x, y), 1, png.length, 1].flatMap(varint))
  const metadata = Buffer.from('{}')
  const metadataAt = header.length + directory.length
  const dataAt = metadataAt + metadata.length
  const numbers = [127, directory.length, metadataAt, 2, dataAt, 0, dataAt, png.length, 1, 1, 1]
  for (const [n, value] of numbers.entries()) header.writeBigUInt64LE(BigInt(value), 8 + 8 * n)
  // clustered; neither directory nor tiles compressed; PNG; its zoom
  header.set([1, 1, 1, 2, z, z], 96)
  return Buffer.concat([header, directory, metadata, png])
}
