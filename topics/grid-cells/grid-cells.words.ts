import type { Kind, Level, Status } from './grid-cells.codes.ts'

const statuses = {
  zh: {
    overdue: '逾期',
    escalated: '上报',
    attention: '关注',
    silent: '失联',
    unknown: '无数据',
    normal: '正常',
  },
  en: {
    overdue: 'overdue',
    escalated: 'escalated',
    attention: 'attention',
    silent: 'silent',
    unknown: 'no data',
    normal: 'normal',
  },
} satisfies Record<string, Record<Status, string>>

const levels = {
  zh: { grid: '网格', village: '村（社区）', township: '乡镇', county: '县市', prefecture: '州' },
  en: {
    grid: 'grid',
    village: 'village',
    township: 'township',
    county: 'county',
    prefecture: 'prefecture',
  },
} satisfies Record<string, Record<Level, string>>

const kinds = {
  zh: {
    dispute: '矛盾纠纷',
    'safety-hazard': '安全隐患',
    'public-order': '治安问题',
    'public-service': '公共服务',
    sanitation: '环境卫生',
    'facility-damage': '设施损坏',
    'border-anomaly': '边境异常',
    other: '其他',
  },
  en: {
    dispute: 'dispute',
    'safety-hazard': 'safety hazard',
    'public-order': 'public-order problem',
    'public-service': 'public service request',
    sanitation: 'environment and sanitation',
    'facility-damage': 'damaged facility',
    'border-anomaly': 'border anomaly',
    other: 'other',
  },
} satisfies Record<string, Record<Kind, string>>

export const words = {
  zh: {
    layer: '网格',
    key: {
      title: '逾期网格',
      unit: '个',
      others: '失联 {silent} · 上报 {escalated}',
      basis: '在岗 {share}',
      synthetic: '在岗 {share} · 合成网格',
      noList: '尚无网格名册',
      partList: '网格名册不全',
    },
    mark: { overdue: '网格逾期', escalated: '网格上报' },
    synthetic: '网格图形为合成示意',
    withoutShape: '另有 {n} 个网格无图形',
    offList: '不在网格名册',
    cells: {
      title: '网格',
      staffed: '{staffed} 个网格在岗 · {share}',
      synthetic: '{staffed} 个合成网格在岗 · {share}',
      openEvents: '在办',
      overdueEvents: '逾期事件',
      closedToday: '今日办结',
      escalations: '24 时上报',
      noList: '尚无网格名册：总数与无数据数未知',
      partList: '名册不全：总数与无数据数未知',
      unlisted: '{n} 个不在名册',
      none: '无逾期、上报、关注或失联的网格',
      more: '另有 {n} 个',
      reason: {
        overdue: '逾期 {n} 件',
        open: '在办 {n} 件',
        raised: '已上报{level}',
        silent: '失联 {time}',
      },
    },
    worst: { title: '待处理网格', withheld: '此屏不列网格' },
    levels: {
      title: '今日事件止于哪一级',
      bars: '各乡镇在网格办结的比例，{county}',
      lowest: '网格办结比例最低',
      few: '各乡镇均不足 {n} 件，暂不比较',
      events: '{n} 件',
    },
    county: { 532801: '景洪市', 532822: '勐海县', 532823: '勐腊县' },
    status: statuses.zh,
    level: levels.zh,
    kind: kinds.zh,
    excluded: {
      unknown: '{n} 个网格无数据',
      silent: '{n} 个网格失联',
      withoutReportToday: '{n} 个网格今日未报',
      withoutList: '{n} 个乡镇尚无名册',
    },
    rule: {
      row: '逾期、上报、关注或失联的一个网格，按其最近一次报送',
      cells: '来源所报网格名册所列的网格，加上未列而有报送的；有乡镇没有名册，就没有总数',
      listed: '来源所报网格名册所列的网格，不论有无报送；没有名册则不可知',
      unlisted: '所在乡镇有名册、24 小时内有报送而不在名册的网格；没有名册则不可知',
      normal: '30 分钟内有报送，且无逾期、24 小时内未上报至乡镇、在办不足 3 件的网格',
      attention: '30 分钟内有报送，在办 3 件以上，且无逾期、未上报至乡镇的网格',
      overdue: '30 分钟内有报送，且最近一次报送有逾期事件的网格',
      escalated: '30 分钟内有报送、无逾期，且 24 小时内有事件上报至乡镇或更高一级的网格',
      silent: '超过 30 分钟（两个报送周期）未报送的网格',
      unknown: '名册所列、24 小时内没有任何报送的网格；无数据不等于正常，有乡镇没有名册则不可知',
      staffed: '30 分钟内有报送，且报送有人在岗的网格',
      staffedShare: '有人在岗的网格占 30 分钟内有报送的网格的比例',
      openEvents: '各网格 24 小时内最近一次报送的在办事件之和，含失联网格',
      overdueEvents: '各网格 24 小时内最近一次报送的逾期事件之和，含失联网格',
      closedToday: '各网格今日（北京时间）最近一次报送的今日办结数之和；昨日的报送不计',
      escalations: '近 24 小时上报的事件，每上报一级计一次',
      gridShare: '今日在网格办结的，占今日在网格办结与上报的事件之和',
      villageShare: '今日上报、最高到村（社区）的事件所占比例；是否办结未见报送',
      townshipShare: '今日上报、最高到乡镇（街道）的事件所占比例；是否办结未见报送',
      countyShare: '今日上报、最高到县（市）的事件所占比例；是否办结未见报送',
      prefectureShare: '今日上报到州的事件所占比例；是否办结未见报送',
      gridShareOfTownship: '本乡镇今日在网格办结的，占今日在网格办结与上报的事件之和',
    },
  },
  en: {
    layer: 'Cells',
    key: {
      title: 'Cells overdue',
      unit: '',
      others: 'silent {silent} · raised {escalated}',
      basis: 'staffed {share}',
      synthetic: 'staffed {share} · synthetic',
      noList: 'no cell list',
      partList: 'partly listed',
    },
    mark: { overdue: 'overdue cell', escalated: 'escalated cell' },
    synthetic: 'Cell shapes are synthetic',
    withoutShape: 'cells without a shape: {n}',
    offList: 'not on the list of cells',
    cells: {
      title: 'Grid',
      staffed: '{staffed} staffed · {share}',
      synthetic: '{staffed} synthetic cells staffed · {share}',
      openEvents: 'open',
      overdueEvents: 'overdue',
      closedToday: 'closed today',
      escalations: 'up in 24 h',
      noList: 'no cell list: total and no data unknown',
      partList: 'list not whole: total and no data unknown',
      unlisted: 'not on the list: {n}',
      none: 'no cell is overdue, escalated, worth attention or silent',
      more: '{n} more',
      reason: {
        overdue: '{n} overdue',
        open: '{n} open',
        raised: 'up to {level}',
        silent: 'silent {time}',
      },
    },
    worst: { title: 'Cells that need somebody', withheld: 'cells are not listed on this wall' },
    levels: {
      title: 'Ended today, by level',
      bars: 'share closed in the grid by township, {county}',
      lowest: 'least closed in the grid',
      few: 'no township has {n} events yet: no comparison',
      events: 'of {n}',
    },
    county: { 532801: 'Jinghong', 532822: 'Menghai', 532823: 'Mengla' },
    status: statuses.en,
    level: levels.en,
    kind: kinds.en,
    excluded: {
      unknown: 'cells without data: {n}',
      silent: 'silent cells: {n}',
      withoutReportToday: 'cells without a report today: {n}',
      withoutList: 'townships without a list: {n}',
    },
    rule: {
      row: 'a cell that is overdue, escalated, worth attention or silent, by its latest report',
      cells:
        'cells on the list that a source has sent, and those that report without being on it; while a township has no list there is no total',
      listed:
        'cells on the lists that sources have sent, whether they report or not; without a list nobody knows',
      unlisted:
        'cells with a report in the last 24 h that are not on the list, in townships that have one; without a list nobody knows',
      normal:
        'cells with a report in the last 30 min, nothing overdue, fewer than 3 open events and none moved up to the township in 24 h',
      attention:
        'cells with a report in the last 30 min and 3 or more open events, none overdue or moved up to the township',
      overdue: 'cells with a report in the last 30 min whose latest report has overdue events',
      escalated:
        'cells with a report in the last 30 min, nothing overdue, and an event moved up to the township or higher in the last 24 h',
      silent: 'cells that have not reported for 30 min, twice their reporting interval',
      unknown:
        'listed cells without any report in the last 24 h; no data is not the same as normal, and while a township has no list nobody knows',
      staffed: 'cells with a report in the last 30 min that says somebody is on duty',
      staffedShare: 'share of staffed cells among those with a report in the last 30 min',
      openEvents:
        'open events by the latest report of each cell in the last 24 h, silent cells included',
      overdueEvents:
        'overdue events by the latest report of each cell in the last 24 h, silent cells included',
      closedToday:
        'events closed since midnight in Beijing, by the latest report of each cell today; reports of yesterday count nothing',
      escalations: 'events moved up in the last 24 h, once for each level they went to',
      gridShare: 'closed in the grid today, of all closed in the grid or moved up today',
      villageShare:
        'moved up today, to the village and no higher; whether they are closed there is not reported',
      townshipShare:
        'moved up today, to the township and no higher; whether they are closed there is not reported',
      countyShare:
        'moved up today, to the county and no higher; whether they are closed there is not reported',
      prefectureShare:
        'moved up to the prefecture today; whether they are closed there is not reported',
      gridShareOfTownship:
        'closed in the grid today, of all that the township’s cells closed or moved up today',
    },
  },
}
