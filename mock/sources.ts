/** A source of the mock's, as it declares itself to the wall. */
export interface MockSource {
  source: string
  /** what it promises: a word at least so often, ms */
  intervalMs: number
  /** what people call it */
  title: { zh: string; en: string }
}

/** Who sends where the units are. */
export const positionsSource = 'mock-positions'

/** Every source that the mock speaks for. What must be missed at once promises more than what is sent by the day. */
export const mockSources: readonly MockSource[] = [
  { source: 'mock-110', intervalMs: 10_000, title: { zh: '接处警', en: '110 calls' } },
  { source: 'mock-units', intervalMs: 10_000, title: { zh: '勤务系统', en: 'unit system' } },
  { source: positionsSource, intervalMs: 10_000, title: { zh: '定位平台', en: 'positions' } },
  { source: 'mock-patrol', intervalMs: 15_000, title: { zh: '巡逻签到', en: 'patrol log' } },
  { source: 'mock-border', intervalMs: 15_000, title: { zh: '边境卡点', en: 'border posts' } },
  { source: 'mock-grid', intervalMs: 30_000, title: { zh: '网格平台', en: 'grid platform' } },
  { source: 'mock-carriers', intervalMs: 30_000, title: { zh: '通信运营商', en: 'carriers' } },
  {
    source: 'mock-anti-fraud',
    intervalMs: 30_000,
    title: { zh: '反诈中心', en: 'anti-fraud' },
  },
]
