import type { Status } from './patrols.codes.ts'

const statuses = {
  zh: {
    standby: '备勤',
    enRoute: '途中',
    atPost: '在位',
    patrolling: '巡逻',
    onCall: '处警',
    resting: '休整',
    emergency: '紧急',
  },
  en: {
    standby: 'standby',
    enRoute: 'en route',
    atPost: 'at post',
    patrolling: 'patrolling',
    onCall: 'on a call',
    resting: 'resting',
    emergency: 'emergency',
  },
} satisfies Record<'zh' | 'en', Record<Status, string>>

export const words = {
  zh: {
    layer: '边境段',
    key: {
      title: '可用力量',
      unit: '个',
      present: '在岗 {onDuty} · 在外 {out}',
      border: '边境 24 时巡到 {patrolled} / {all}',
    },
    mark: { patrolled: '已巡', missed: '未巡' },
    forces: {
      title: '力量',
      onDuty: '在岗',
      out: '在外',
      atPost: '在位',
      overdue: '逾时',
      silent: '失联',
      noFix: '无定位',
      unrostered: '今日未列编',
      rollCall: '今日点名 {called} · 应答 {share}',
      segments: '边境 24 小时巡到',
      ofAll: '/ {n}',
      synthetic: '段为合成示意',
      none: '全部巡到',
      missed: '未巡 {codes}',
      missedMore: '未巡 {codes} 等 {n} 段',
      never: '无巡逻记录',
      marks: '{n} 个边境段，自东北向西；实心为 24 小时内已巡，空心为未巡',
      neighbour: { Laos: '老挝方向', Myanmar: '缅甸方向' },
    },
    segments: {
      title: '上次巡到 · 合成边境段',
      reached: '24 小时内巡到',
      never: '无记录',
      more: '另有 {n} 段',
      side: { Laos: '老', Myanmar: '缅' },
    },
    status: statuses.zh,
    excluded: {
      abandoned: '{n} 个单位久无音讯，已移出',
    },
    rule: {
      row: '一个边境段，按其最近一次巡到；段为合成示意',
      onDuty: '已上勤、未下勤的单位；7 天无任何消息的不再计入',
      available: '在岗、自报备勤、在位或巡逻且未失联的单位',
      out: '在岗且自报途中、巡逻、处警或紧急的单位',
      atPost: '在岗且自报在位的单位',
      emergency: '在岗且自报紧急的单位',
      overdue: '过应归时间 5 分钟仍未下勤的单位',
      silent: '在岗、30 分钟内既无定位也无任何应答的单位；定位整体中断时不作判断',
      noFix: '在岗、5 分钟无新定位且尚未失联的单位；定位整体中断时不作判断',
      unrostered: '今日不在岗而持续发送定位 10 分钟以上、此后未补上勤的单位；下勤后 30 分钟内不计',
      rollCalled: '北京时间零时起的点名次数',
      rollAnsweredShare: '零时起有应答的点名占全部点名的比例',
      segmentsPatrolled:
        '近 24 小时内巡到的边境段：6 小时内经过该段三个控制点（400 米以内），其中至少两个由同一在岗单位经过；巡到后 2 小时内不重复计',
      segmentsPatrolledShare:
        '近 24 小时巡到的边境段占全部 46 段的比例；规则见巡到段数，段为合成示意',
    },
  },
  en: {
    layer: 'Border',
    key: {
      title: 'Available',
      unit: '',
      present: 'on duty {onDuty} · out {out}',
      border: 'border 24 h {patrolled} / {all}',
    },
    mark: { patrolled: 'patrolled', missed: 'not patrolled' },
    forces: {
      title: 'Forces',
      onDuty: 'on duty',
      out: 'out',
      atPost: 'at post',
      overdue: 'overdue',
      silent: 'silent',
      noFix: 'no fix',
      unrostered: 'unlisted today',
      rollCall: 'roll-call today: {share} of {called}',
      segments: 'Patrolled, 24 h',
      ofAll: '/ {n}',
      synthetic: 'synthetic',
      none: 'all patrolled',
      missed: 'missed {codes}',
      missedMore: 'missed {codes} +{more}',
      never: 'no patrol on record',
      marks:
        '{n} border segments from the north-east round to the west; solid: patrolled in 24 h, hollow: not',
      neighbour: { Laos: 'Laos', Myanmar: 'Myanmar' },
    },
    segments: {
      title: 'Last patrol (synthetic)',
      reached: 'patrolled in 24 h',
      never: 'never',
      more: '{n} more',
      side: { Laos: 'LA', Myanmar: 'MM' },
    },
    status: statuses.en,
    excluded: {
      abandoned: 'units given up, long without a word: {n}',
    },
    rule: {
      row: 'a border segment, by its last patrol; the segments are synthetic',
      onDuty:
        'units that went on duty and not off; after 7 days without any word one no longer counts',
      available:
        'units on duty that say they are on standby, at post or patrolling, and are not silent',
      out: 'units on duty that say they are en route, patrolling, on a call or in an emergency',
      atPost: 'units on duty that say they are at their post',
      emergency: 'units on duty that say they are in an emergency',
      overdue: 'units that were due back 5 min ago and have not gone off duty',
      silent:
        'units on duty with neither a position nor an answer for 30 min; nobody is judged while all positions fail',
      noFix:
        'units on duty with no new position for 5 min that are not silent; nobody is judged while all positions fail',
      unrostered:
        'unrostered units: those that today sent positions for 10 min without being on duty and have not signed on since; not within 30 min of going off duty',
      rollCalled: 'roll-calls since midnight in Beijing',
      rollAnsweredShare: 'share of the roll-calls since midnight that were answered',
      segmentsPatrolled:
        'border segments patrolled in the last 24 h: all three checkpoints of one were passed (within 400 m) in 6 h, two at least by the same unit on duty; after that it rests for 2 h',
      segmentsPatrolledShare:
        'share of the 46 border segments patrolled in the last 24 h; the rule is that of their count; the segments are synthetic',
    },
  },
}
