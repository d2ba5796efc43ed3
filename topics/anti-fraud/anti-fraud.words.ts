import { type FraudType, fraudTypes, type Measure, quantities, typed } from './anti-fraud.codes.ts'
import { measureName, shareName } from './anti-fraud.names.ts'

type Lang = 'zh' | 'en'

const measures = {
  zh: {
    'calls-blocked': '拦截电话',
    'sms-blocked': '拦截短信',
    'sites-handled': '处置网址',
    'fund-warnings': '资金预警',
    'face-to-face-dissuasion': '见面劝阻',
    'funds-stopped': '紧急止付',
    'funds-frozen': '冻结',
    'funds-returned': '返还',
    'cases-solved': '破获案件',
  },
  en: {
    'calls-blocked': 'calls blocked',
    'sms-blocked': 'texts blocked',
    'sites-handled': 'sites handled',
    'fund-warnings': 'fund warnings',
    'face-to-face-dissuasion': 'dissuasions',
    'funds-stopped': 'stopped',
    'funds-frozen': 'frozen',
    'funds-returned': 'returned',
    'cases-solved': 'cases solved',
  },
} satisfies Record<Lang, Record<Measure, string>>

const types = {
  zh: {
    'fake-order-rebate': '刷单返利',
    'fake-investment': '虚假投资理财',
    'fake-shopping': '虚假购物服务',
    'fake-customer-service': '冒充客服',
    'fake-loan-or-credit': '虚假贷款征信',
    'fake-acquaintance': '冒充领导熟人',
    'fake-authority': '冒充公检法',
    'fake-romance': '网络婚恋交友',
    'fake-game-trade': '游戏虚假交易',
  },
  en: {
    'fake-order-rebate': 'order rebate',
    'fake-investment': 'investment',
    'fake-shopping': 'shopping',
    'fake-customer-service': 'fake service',
    'fake-loan-or-credit': 'loan or credit',
    'fake-acquaintance': 'acquaintance',
    'fake-authority': 'authority',
    'fake-romance': 'romance',
    'fake-game-trade': 'game trade',
  },
} satisfies Record<Lang, Record<FraudType, string>>

const spanSays = {
  zh: {
    Today: '北京时间零时起的增量之和',
    ToHour: '零时至最近整点的增量之和',
    UsualToHour: '前四周同一星期几、同一时段的平均',
  },
  en: {
    Today: 'sum of increments since midnight in Beijing',
    ToHour: 'sum of increments from midnight to the last full hour',
    UsualToHour: 'mean of the same weekday and hours over the four weeks before',
  },
}
const shareSays = {
  zh: {
    Today: '占今日已标类型者的比例；2024 年的贷款、征信两类并入 2025 年的一类',
    FourWeeks: '占近 28 天已标类型者的比例；2024 年的贷款、征信两类并入 2025 年的一类',
  },
  en: {
    Today:
      'share of all of known type today; loan and credit record of 2024 count as one, as in 2025',
    FourWeeks:
      'share of all of known type in 28 days; loan and credit record of 2024 count as one, as in 2025',
  },
}
const separately = {
  zh: '；止付、冻结、返还三项分列，不可相加',
  en: '; stopped, frozen and returned are three separate sums, never added',
}
const money = { zh: '金额', en: ', in yuan' }
const colon = { zh: '：', en: ': ' }

/** One sentence for every figure, by its name. */
const rulesOf = (lang: Lang): Record<string, string> => {
  const nameOf = ({ measure, quantity }: (typeof quantities)[number]) =>
    measures[lang][measure] + (quantity === 'yuan' ? money[lang] : '')
  const ofMeasures = quantities.flatMap((one) =>
    (['Today', 'ToHour', 'UsualToHour'] as const).map((span) => [
      measureName(one, span),
      nameOf(one) +
        colon[lang] +
        spanSays[lang][span] +
        (one.quantity === 'yuan' ? separately[lang] : ''),
    ]),
  )
  const ofShares = typed.flatMap((one) =>
    fraudTypes.flatMap((type) =>
      (['Today', 'FourWeeks'] as const).map((span) => [
        shareName(one, type, span),
        `${nameOf(one)} · ${types[lang][type]}${colon[lang]}${shareSays[lang][span]}`,
      ]),
    ),
  )
  return Object.fromEntries([...ofMeasures, ...ofShares])
}

export const words = {
  zh: {
    layer: '反诈',
    mark: '反诈今日',
    key: {
      title: '今日拦截电话',
      unit: '次',
      toHour: '至 {hour} 时 {toHour}',
      compared: '至 {hour} 时较往常 {difference}',
      visits: '见面劝阻 {visits}',
    },
    measures: {
      title: '反诈 · 今日',
      unit: '次',
      today: '今日',
      toHour: '至 {hour} 时',
      usual: '往常',
      compared: '至 {hour} 时 {toHour} · 往常 {usual}',
      hours: '拦截诈骗电话：柱为今日各时，横线为前几周同星期平均',
      onMap: '地图上的圆：面积与各乡镇今日数成正比，有一上限',
    },
    funds: {
      title: '今日涉诈资金 · 万元',
      cases: '{n} 笔',
      separate: '三项分列，不可相加',
      scales: '条：至整点；刻线：往常；各有标尺',
    },
    types: {
      title: '诈骗类型 · 前五',
      warnings: '预警占比',
      today: '今日',
      fourWeeks: '28 天',
      stopped: '28 天止付',
    },
    measure: measures.zh,
    type: types.zh,
    excluded: {
      weeksWithoutData: '{n} 周无数据',
      untyped: '{n} 件未分类',
    },
    rule: rulesOf('zh'),
  },
  en: {
    layer: 'Fraud',
    mark: 'fraud today',
    key: {
      title: 'Calls blocked',
      unit: 'today',
      toHour: 'by {hour}:00 {toHour}',
      compared: 'by {hour}:00 {difference} on usual',
      visits: 'dissuaded today {visits}',
    },
    measures: {
      title: 'Anti-fraud today',
      unit: '',
      today: 'today',
      toHour: 'by {hour}:00',
      usual: 'usually',
      hours:
        'calls blocked; bars: today by the hour; lines: mean of this weekday in the weeks before',
      compared: 'by {hour}:00 {toHour} · usually {usual}',
      onMap: 'rings on the map: area by the count of the township today, up to a limit',
    },
    funds: {
      title: 'Funds today, thousand ¥',
      cases: '{n} case | {n} cases',
      separate: 'three separate sums, never added',
      scales: 'bar: to the full hour; line: usual; own scales',
    },
    types: {
      title: 'Types of fraud, top 5',
      warnings: 'warnings',
      today: 'today',
      fourWeeks: '28 d',
      stopped: '28 d stopped',
    },
    measure: measures.en,
    type: types.en,
    excluded: {
      weeksWithoutData: 'weeks without data: {n}',
      untyped: 'without a type: {n}',
    },
    rule: rulesOf('en'),
  },
}
