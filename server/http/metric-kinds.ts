import { Counter, Gauge, type Registry } from 'prom-client'

export type Labelled = [labels: Record<string, string>, value: number]

/** Metrics that are read from the stages at the moment somebody asks. */
export const metricKinds = (registry: Registry) => {
  const registers = [registry]
  /** A total that a stage counts by itself; `name` without `_total`. */
  const total = (
    name: string,
    help: string,
    labelNames: readonly string[],
    read: () => Labelled[],
  ): void => {
    new Counter({
      name: `wanglou_${name}_total`,
      help,
      labelNames,
      registers,
      collect() {
        this.reset()
        for (const [labels, value] of read()) this.inc(labels, value)
      },
    })
  }
  return {
    /** `null` is "unknown", which is not 0: then there is no line. */
    gauge(name: string, help: string, read: () => number | null): void {
      new Gauge({
        name: `wanglou_${name}`,
        help,
        registers,
        collect() {
          const value = read()
          if (value === null) this.remove()
          else this.set(value)
        },
      })
    },
    total,
    totalOf: (name: string, help: string, read: () => number): void =>
      total(name, help, [], () => [[{}, read()]]),
  }
}
