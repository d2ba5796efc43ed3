/** What a server holds, by its own metrics. */
export interface ServerCounts {
  heapBytes: number
  residentBytes: number
  sockets: number
  timers: number
  files: number
  seq: number
  /** of all screens, pages and programs alike: what their standing checkers have counted */
  sequenceFaults: number
  fixes: number
}

/** The sum of the samples of a metric whose labels match; throws where there is no such metric, or it is no number. */
export const sumOf = (text: string, name: string, labels = /./): number => {
  const lines = text
    .split('\n')
    .filter((line) => line.startsWith(name) && /^[{ ]/.test(line.slice(name.length)))
  const sum = lines
    .filter((line) => labels.test(line))
    .reduce((before, line) => before + Number(line.slice(line.lastIndexOf(' '))), 0)
  if (lines.length === 0 || !Number.isFinite(sum)) throw new Error(`/metrics says no ${name}`)
  return sum
}

export const askServer = async (url: string): Promise<ServerCounts> => {
  const text = await (await fetch(`${url}/metrics`)).text()
  return {
    heapBytes: sumOf(text, 'nodejs_heap_size_used_bytes'),
    residentBytes: sumOf(text, 'process_resident_memory_bytes'),
    sockets: sumOf(text, 'nodejs_active_resources', /TCP|Socket/),
    timers: sumOf(text, 'nodejs_active_resources', /Timeout/),
    files: sumOf(text, 'process_open_fds'),
    seq: sumOf(text, 'wanglou_journal_head_seq'),
    sequenceFaults: sumOf(text, 'wanglou_screen_sequence_faults_total'),
    fixes: sumOf(text, 'wanglou_ingest_fixes_total'),
  }
}
