/** By which power of its size a thing's cost grows: least squares through the logarithms. 1 is linear. */
export const slopeOf = (points: readonly { size: number; cost: number }[]): number => {
  const logs = points.map(({ size, cost }) => ({ x: Math.log(size), y: Math.log(cost) }))
  const meanX = logs.reduce((sum, { x }) => sum + x, 0) / logs.length
  const meanY = logs.reduce((sum, { y }) => sum + y, 0) / logs.length
  const along = logs.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0)
  return along / logs.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0)
}
