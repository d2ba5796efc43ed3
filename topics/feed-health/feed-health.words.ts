import type { FeedStanding } from './feed-health.rows.ts'

const standings = {
  zh: {
    silent: '失联',
    clock: '时钟不准',
    late: '迟到',
    rubbish: '退回',
    doubled: '重复',
    live: '在线',
    quiet: '空闲',
    unpromised: '未申报',
  },
  en: {
    silent: 'silent',
    clock: 'clock off',
    late: 'late',
    rubbish: 'refused',
    doubled: 'doubled',
    live: 'live',
    quiet: 'quiet',
    unpromised: 'undeclared',
  },
} satisfies Record<'zh' | 'en', Record<FeedStanding, string>>

export const words = {
  zh: {
    sources: {
      title: '数据来源',
      alive: '在线',
      silent: '失联',
      withFaults: '异常',
      recordsToday: '记录',
      duplicatesToday: '重复',
      refusedToday: '退回',
      maskedToday: '遮蔽',
      worstLag: '迟延',
      source: '来源',
      standing: '状态',
      last: '距末条',
      lag: '迟延',
      today: '今日',
      share: '较常',
      none: '尚无来源',
      seconds: '秒',
    },
    standing: standings.zh,
    excluded: {
      sourcesWithoutUsual: '{n} 个来源尚无往常',
    },
    rule: {
      row: '一个数据来源，按其最近一条记录或与其有关的最近一条',
      sources: '已申报心跳间隔、未注销的数据来源',
      alive: '已申报且未失联的来源；没有数据但按时报到的也算在线',
      silent: '已申报、超过 1.5 倍间隔无任何消息的来源；服务器启动前的时间不计',
      withFaults:
        '失联，或近 10 分钟迟到（中位迟延超过 60 秒且超过 2 倍间隔）、时钟不准、重复超过 20%（至少 20 条）、退回超过 5%（至少 10 条）的来源',
      undeclared: '24 小时内有消息但未申报间隔的来源：其沉默无法判断',
      recordsToday: '北京时间零时起的记录数，按发生时间；补录计入，重复和退回不计',
      recordsToHour: '北京时间零时至上一整点的记录数，按发生时间；只计有往日可比的来源',
      recordsUsualToHour:
        '此前至多 7 天同时段记录数的日均值，逐来源计算后相加；无完整前日的来源不计',
      fixesToday: '北京时间零时起收到的定位数',
      duplicatesToday: '北京时间零时起重复到达的记录数；补录的重复不计',
      refusedToday: '北京时间零时起被退回的行数',
      maskedToday: '北京时间零时起在自由文本中被遮蔽的号码数',
      worstLag: '各来源近 10 分钟（发送少的取 1 小时内末 5 条）到达迟延中位数的最大值',
    },
  },
  en: {
    sources: {
      title: 'Sources',
      alive: 'alive',
      silent: 'silent',
      withFaults: 'at fault',
      recordsToday: 'records',
      duplicatesToday: 'twice',
      refusedToday: 'refused',
      maskedToday: 'masked',
      worstLag: 'lag',
      source: 'source',
      standing: 'state',
      last: 'age',
      lag: 'lag',
      today: 'today',
      share: 'usual',
      none: 'no source yet',
      seconds: 's',
    },
    standing: standings.en,
    excluded: {
      sourcesWithoutUsual: 'sources without a usual: {n}',
    },
    rule: {
      row: 'one source, by the last event of it or about it',
      sources: 'sources that have promised a word at an interval and are not retired',
      alive: 'declared sources that are not silent; one with nothing to send that says so is alive',
      silent:
        'declared sources with no word of any kind for 1.5 of their intervals; the time before the server started does not count',
      withFaults:
        'sources that are silent or, in the last 10 min, late (median lag over 60 s and 2 intervals), with a wrong clock, doubled (over 20 %, 20 lines) or refused (over 5 %, 10 lines)',
      undeclared:
        'sources heard in 24 h that have promised no interval: their silence means nothing',
      recordsToday:
        'records since midnight in Beijing, by when they happened; history counts, duplicates and refused lines do not',
      recordsToHour:
        'records from midnight in Beijing to the last full hour, by when they happened, of sources with a whole day before to compare',
      recordsUsualToHour:
        'mean records in the same hours of up to 7 days before, for each source, added up; a source without a whole day before is left out',
      fixesToday: 'positions received since midnight in Beijing',
      duplicatesToday:
        'records that came again since midnight in Beijing; those of history do not count',
      refusedToday: 'lines refused since midnight in Beijing',
      maskedToday: 'numbers masked in free text since midnight in Beijing',
      worstLag:
        'the longest of the sources’ median lags of the last 10 min (of a source that sends seldom, of its last 5 events within the hour)',
    },
  },
}
