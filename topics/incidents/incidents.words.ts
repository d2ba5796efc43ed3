import type { Category, Step } from './incidents.codes.ts'
import type { IntervalName } from './incidents.intervals.ts'

const categories = {
  zh: {
    criminal: '刑事',
    'public-order': '治安',
    traffic: '交通',
    'mass-incident': '群体性事件',
    'disaster-accident': '灾害事故',
    help: '求助',
    dispute: '纠纷',
    complaint: '投诉监督',
    other: '其他',
    'non-police': '非警务',
  },
  en: {
    criminal: 'criminal',
    'public-order': 'public order',
    traffic: 'road traffic',
    'mass-incident': 'mass incident',
    'disaster-accident': 'disaster',
    help: 'urgent help',
    dispute: 'dispute',
    complaint: 'complaint',
    other: 'other',
    'non-police': 'not police work',
  },
} satisfies Record<string, Record<Category, string>>

const steps = {
  zh: {
    reported: '接警',
    dispatched: '派警',
    acknowledged: '签收',
    enRoute: '出警',
    onScene: '到达',
    handled: '处置',
    fedBack: '反馈',
  },
  en: {
    reported: 'call received',
    dispatched: 'dispatched',
    acknowledged: 'acknowledged',
    enRoute: 'en route',
    onScene: 'on scene',
    handled: 'handled',
    fedBack: 'fed back',
  },
} satisfies Record<string, Record<Step, string>>

const intervalNames = {
  zh: { queue: '派警', turnout: '出警', travel: '路途', response: '响应', onSceneTime: '现场' },
  en: {
    queue: 'dispatch',
    turnout: 'turnout',
    travel: 'travel',
    response: 'response',
    onSceneTime: 'on scene',
  },
} satisfies Record<string, Record<IntervalName, string>>

const intervalSpans = {
  zh: {
    queue: '接警到派警',
    turnout: '派警到首个单位出警',
    travel: '首个单位出警到到达',
    response: '接警到首个单位到达',
    onSceneTime: '首个单位到达到撤离（无撤离记录则到结案）',
  },
  en: {
    queue: 'from the call to the dispatch',
    turnout: 'from the dispatch until the first unit sets out',
    travel: 'from setting out until the first unit arrives',
    response: 'from the call until the first unit arrives',
    onSceneTime: 'from arrival until the first unit clears (else until closed)',
  },
} satisfies Record<string, Record<IntervalName, string>>

const rulesOfIntervals = (lang: 'zh' | 'en', parts: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(intervalSpans[lang]).flatMap(([name, span]) =>
      Object.entries(parts).map(([part, says]) => [`${name}${part}`, `${span}${says}`]),
    ),
  )

export const words = {
  zh: {
    layer: '警情',
    queue: {
      title: '在处警情',
      none: '无在处警情',
      more: '另有 {n} 起',
      outOfOrder: '时间次序有误',
    },
    key: {
      title: '在处警情',
      unit: '起',
      waiting: '待派',
      today: '今日 {today}',
      compared: '今日 {today} · 较往常 {difference}',
    },
    response: {
      title: '响应中位 · 近 24 时',
      unit: '分',
      basis: '九成 {p90} · n {used}',
    },
    calls: {
      title: '接警 · 今日',
      today: '起',
      compared: '至 {hour} 时 {today} · 较往常 {difference}',
      usual: '往常 {usual}：{weeks}',
      weeks: '前 {n} 周{weekday}平均',
      tooEarly: '零时起不足一小时，暂不比较',
      noWeeks: '至 {hour} 时 {today}，尚无往周可比',
      hours: '柱为今日各时，横线为前几周同星期平均',
      open: '在处',
      byLevel: { 1: '一级', 2: '二级', 3: '三级', 4: '四级' },
    },
    intervals: {
      title: '用时 · 近 24 小时',
      median: '中位',
      p90: '九成',
      minutes: '分钟',
      used: 'n',
      excluded: '剔除',
      name: intervalNames.zh,
    },
    category: categories.zh,
    step: steps.zh,
    excluded: {
      weeksWithoutData: '{n} 周无数据',
      missing: '{n} 起缺时间',
      outOfOrder: '{n} 起时间颠倒',
    },
    rule: {
      row: '未办结的一起警情，合其各次报告与处置',
      open: '已接报、未办结的警情',
      openLevel1: '未办结的一级警情',
      openLevel2: '未办结的二级警情',
      openLevel3: '未办结的三级警情',
      openLevel4: '未办结的四级警情',
      waiting: '未办结、尚未派警的警情',
      today:
        '北京时间零时起接报的警情，按最早一次报告计；已办结警情末次事件 28 小时后才到的更正，另计一起',
      todayToHour: '零时至最近整点接报的警情',
      usualToHour: '前四周同一星期几、同一时段的平均',
      ...rulesOfIntervals('zh', {
        Median: '，近 24 小时警情的中位数（按接报时间；未收到报告的，按已知最早时间）',
        P90: '，近 24 小时警情的第 90 百分位（按接报时间；未收到报告的，按已知最早时间）',
        Used: '，计入的警情数',
        Excluded: '，因缺少时间（含未收到报告）或次序有误而剔除的警情数',
      }),
    },
  },
  en: {
    layer: 'Incidents',
    queue: {
      title: 'Open incidents',
      none: 'no open incidents',
      more: '{n} more',
      outOfOrder: 'times out of order',
    },
    key: {
      title: 'Open',
      unit: '',
      waiting: 'waiting',
      today: 'today {today}',
      compared: 'today {today} · {difference}',
    },
    response: {
      title: 'Response, 24 h',
      unit: 'min',
      basis: '90 % {p90} · n {used}',
    },
    calls: {
      title: 'Calls today',
      today: '',
      compared: 'By {hour}:00 {today} · {difference} on usual',
      usual: 'Usually {usual}: {weeks}',
      weeks: 'the {weekday} before | mean of {n} {weekday}s',
      tooEarly: 'less than an hour into the day: no comparison yet',
      noWeeks: 'By {hour}:00 {today}; no earlier weeks to compare',
      hours: 'bars: today by the hour; lines: mean of this weekday in the weeks before',
      open: 'open at level',
      byLevel: { 1: '1', 2: '2', 3: '3', 4: '4' },
    },
    intervals: {
      title: 'Times, last 24 h',
      median: 'median',
      p90: '90 %',
      minutes: 'min',
      used: 'n',
      excluded: 'excl.',
      name: intervalNames.en,
    },
    category: categories.en,
    step: steps.en,
    excluded: {
      weeksWithoutData: 'weeks without data: {n}',
      missing: 'a time is missing: {n}',
      outOfOrder: 'times out of order: {n}',
    },
    rule: {
      row: 'an incident that has not ended, by all that was told of it',
      open: 'incidents reported and not ended',
      openLevel1: 'level-1 incidents not ended',
      openLevel2: 'level-2 incidents not ended',
      openLevel3: 'level-3 incidents not ended',
      openLevel4: 'level-4 incidents not ended',
      waiting: 'incidents not ended that nobody was sent to yet',
      today:
        'incidents reported since midnight in Beijing, each by its earliest report; a correction that arrives over 28 h after its last event counts as a call of its own',
      todayToHour: 'incidents reported from midnight to the last full hour',
      usualToHour: 'mean of the same weekday and hours over the four weeks before',
      ...rulesOfIntervals('en', {
        Median:
          ': median of the last 24 h, by the time of the call, or the first time known where no report arrived',
        P90: ': 90th percentile of the last 24 h, by the time of the call, or the first time known where no report arrived',
        Used: ': incidents counted in it',
        Excluded: ': incidents left out for a missing time (or report) or one out of order',
      }),
    },
  },
}
