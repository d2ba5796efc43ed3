import type { EChartsOption } from 'echarts/types/dist/shared'

/** One hour of a day: what it was today and what it is usually; null is not drawn. */
export interface HourBar {
  hour: number
  today: number | null
  usual: number | null
}

const hoursOfDay = 24
const labelEveryHours = 6

/**
 * Bars of today and thin ticks of what is usual, over the hours of a day; `hour` still runs and is pale. The highest
 * keeps a little air above it. Sizes in CSS px.
 */
export const hoursOption = (
  hours: readonly HourBar[],
  hour: number,
  { wordPx, linePx, slotPx }: { wordPx: number; linePx: number; slotPx: number },
): EChartsOption => {
  const most = Math.max(1, ...hours.map(({ today, usual }) => Math.max(today ?? 0, usual ?? 0)))
  // a bar stands in the middle of its hour, its label at the beginning
  const at = (one: HourBar) => one.hour + 0.5
  return {
    grid: { left: 0, right: 0, top: 0, bottom: Math.round(1.3 * wordPx) },
    xAxis: {
      type: 'value',
      min: 0,
      max: hoursOfDay,
      interval: labelEveryHours,
      splitLine: { show: false },
      axisTick: {
        show: true,
        length: Math.round(0.2 * wordPx),
        lineStyle: { color: 'var(--line)' },
      },
      axisLine: { show: true, lineStyle: { color: 'var(--line)', width: linePx } },
      axisLabel: {
        color: 'var(--quiet)',
        fontSize: wordPx,
        margin: Math.round(0.3 * wordPx),
        alignMinLabel: 'left',
        alignMaxLabel: 'right',
        formatter: (value: number) => String(value).padStart(2, '0'),
      },
    },
    yAxis: { type: 'value', min: 0, max: most / 0.94, show: false },
    series: [
      {
        type: 'bar',
        silent: true,
        barWidth: Math.max(1, slotPx - Math.max(1, wordPx / 12)),
        data: hours
          .filter(({ today }) => today !== null)
          .map((one) => ({
            value: [at(one), one.today!],
            itemStyle: one.hour === hour ? { color: 'var(--line)' } : { color: 'var(--force)' },
          })),
      },
      {
        type: 'pictorialBar',
        silent: true,
        symbol: 'rect',
        symbolPosition: 'end',
        symbolSize: [slotPx, 1.5 * linePx],
        itemStyle: { color: 'var(--words)' },
        data: hours.filter(({ usual }) => usual !== null).map((one) => [at(one), one.usual!]),
      },
    ],
  }
}
