/** A source of the mock's, as it declares itself to the wall. */
export interface MockSource {
  source: string
  /** what it promises: a word at least so often, ms */
  intervalMs: number
}

/** Who sends where the units are. */
export const positionsSource = 'mock-positions'

/** Every source that the mock speaks for. What must be missed at once promises more than what is sent by the day. */
export const mockSources: readonly MockSource[] = [
  { source: 'mock-110', intervalMs: 10_000 },
  { source: 'mock-units', intervalMs: 10_000 },
  { source: positionsSource, intervalMs: 10_000 },
  { source: 'mock-patrol', intervalMs: 15_000 },
  { source: 'mock-border', intervalMs: 15_000 },
  { source: 'mock-grid', intervalMs: 30_000 },
  { source: 'mock-carriers', intervalMs: 30_000 },
  { source: 'mock-anti-fraud', intervalMs: 30_000 },
]
