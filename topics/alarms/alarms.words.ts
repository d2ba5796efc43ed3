import type { Standing } from './alarm.ts'
import type { Owner, RuleId, ShelfReason } from './alarms.codes.ts'
import { raiseWords } from './raise-words.ts'
import { sheetWords } from './sheet-words.ts'

/** What a rule has found, in a few words. */
const what = {
  zh: {
    'incident-grave': '一级警情',
    'unit-emergency': '单位告急',
    'incident-waiting': '二级警情待派',
    'unit-missing': '单位失联',
    'source-silent': '来源失联',
    'screen-frozen': '屏幕画面停止',
    'unit-silent': '单位久无消息',
    'unit-overdue': '单位逾时未归',
    'segment-unpatrolled': '边境段未巡',
    'matter-storm': '同类事件激增',
    'matter-risen': '事件上报至州',
    'unit-unrostered': '未登记单位',
    'source-amiss': '来源异常',
  },
  en: {
    'incident-grave': 'level-1 incident',
    'unit-emergency': 'unit in emergency',
    'incident-waiting': 'level 2, nobody sent',
    'unit-missing': 'unit missing',
    'source-silent': 'source silent',
    'screen-frozen': 'screen frozen',
    'unit-silent': 'unit not heard',
    'unit-overdue': 'unit overdue',
    'segment-unpatrolled': 'segment unpatrolled',
    'matter-storm': 'surge of reports',
    'matter-risen': 'raised to prefecture',
    'unit-unrostered': 'unit on no roster',
    'source-amiss': 'source amiss',
  },
} satisfies Record<string, Record<RuleId, string>>

/** What is to be done, and by whom it is done stands in the rule. An alarm without it does not compile. */
const response = {
  zh: {
    'incident-grave': '核实派警到位，通报值班领导，启动相应预案',
    'unit-emergency': '立即呼叫，派就近单位增援，保持通话',
    'incident-waiting': '就近派警；无警可派时报值班长调度',
    'unit-missing': '派就近单位前往末次位置查找',
    'screen-frozen': '勿信该屏；到屏前刷新页面，无效则重启浏览器',
    'source-silent': '联系来源值守，改用电台、电话核实',
    'unit-silent': '换用电台或电话呼叫，联系所属单位',
    'unit-overdue': '呼叫核实；已归队的补录下勤',
    'segment-unpatrolled': '安排本班补巡，记明原因',
    'matter-storm': '联系乡镇核实同一起因，按一件办理',
    'matter-risen': '分派承办单位，回告上报网格',
    'unit-unrostered': '核实设备归属，登记或停用',
    'source-amiss': '核对来源时钟与重发，必要时停用',
  },
  en: {
    'incident-grave': 'See that units are sent, tell the leader on duty, open the plan',
    'unit-emergency': 'Call it now, send the nearest unit, stay on the line',
    'incident-waiting': 'Send the nearest unit; none free: ask the duty chief',
    'unit-missing': 'Send the nearest unit to where it was last seen',
    'screen-frozen': 'Believe nothing on it; reload its page, else restart its browser',
    'source-silent': 'Call whoever runs it; check by radio and telephone',
    'unit-silent': 'Call it another way, ask its station',
    'unit-overdue': 'Call it; if it is back, enter the end of duty',
    'segment-unpatrolled': 'Have this shift patrol it, note why it was left',
    'matter-storm': 'Ask the township for the one cause, handle as one',
    'matter-risen': 'Assign an organ, tell the cell that sent it up',
    'unit-unrostered': 'Find whose device it is; enter it or switch it off',
    'source-amiss': 'Check its clock and resending; take it off if need be',
  },
} satisfies Record<string, Record<RuleId, string>>

const owner = {
  zh: {
    'duty-chief': '值班长',
    dispatcher: '调度席',
    'border-desk': '边防席',
    'grid-desk': '网格席',
    keeper: '运维席',
  },
  en: {
    'duty-chief': 'duty chief',
    dispatcher: 'dispatcher',
    'border-desk': 'border desk',
    'grid-desk': 'grid desk',
    keeper: 'keeper',
  },
} satisfies Record<string, Record<Owner, string>>

const standing = {
  zh: {
    unacknowledged: '未确认',
    acknowledged: '已确认',
    returned: '已恢复，未确认',
    shelved: '搁置',
    suppressed: '归并',
  },
  en: {
    unacknowledged: 'unacked',
    acknowledged: 'acked',
    returned: 'over, unacked',
    shelved: 'shelved',
    suppressed: 'under another',
  },
} satisfies Record<string, Record<Standing, string>>

const shelf = {
  zh: {
    'known-work': '已知施工',
    'faulty-source': '设备故障',
    'under-control': '处置中',
    exercise: '演练',
    other: '其他',
  },
  en: {
    'known-work': 'known work',
    'faulty-source': 'faulty device',
    'under-control': 'in hand',
    exercise: 'exercise',
    other: 'other',
  },
} satisfies Record<string, Record<ShelfReason, string>>

/** The rule behind each figure. */
const rule = {
  zh: {
    openP1: '未结束的一级告警：成因未消除，或已恢复而无人确认',
    unackedP1: '尚无人确认的一级告警',
    openP2: '未结束、未搁置、不归并于他条的二级告警',
    openP3: '未结束、未搁置、不归并于他条的三级告警',
    shelved: '有理由、有时限地搁置的告警；到时自动恢复',
    suppressed: '归并于另一条告警、不单独提示的告警',
    stale: '提示后超过 24 小时仍未结束的告警',
    lastTenMinutes: '最近十分钟（含当前分钟）单独提示的告警',
    perTenMinutesDay: '近 24 小时每十分钟单独提示的告警均数；限值为每席 1 条',
    floodShareDay: '近 24 小时处于告警潮的时间占比：十分钟超过 10 条起，少于 5 条止；限值 1 %',
    mixP1: '近 24 小时一级告警占比；宜约 5 %',
    mixP2: '近 24 小时二级告警占比；宜约 15 %',
    mixP3: '近 24 小时三级告警占比；宜约 80 %',
    topTenShare: '近 24 小时最频繁的十项（同一规则、同一对象）占全部提示的比例',
  },
  en: {
    openP1:
      'priority-1 alarms not over: the cause goes on, or it is over and nobody has acknowledged',
    unackedP1: 'priority-1 alarms that nobody has acknowledged',
    openP2: 'priority-2 alarms not over, not shelved, not under another',
    openP3: 'priority-3 alarms not over, not shelved, not under another',
    shelved:
      'alarms put on the shelf, with a reason and until a time; they come back by themselves',
    suppressed: 'alarms that stand under another and are not told beside it',
    stale: 'alarms not over 24 h after they were told',
    lastTenMinutes: 'alarms told for themselves in the last ten minutes, the running one included',
    perTenMinutesDay:
      'alarms told in ten minutes, mean of the last 24 h; the limit is 1 for a seat',
    floodShareDay:
      'share of the last 24 h spent in a flood: from more than 10 in ten minutes to fewer than 5; the limit is 1 %',
    mixP1: 'share of priority 1 among the alarms of the last 24 h; about 5 % is right',
    mixP2: 'share of priority 2 among the alarms of the last 24 h; about 15 % is right',
    mixP3: 'share of priority 3 among the alarms of the last 24 h; about 80 % is right',
    topTenShare:
      'share that the ten most frequent (same rule, same thing) have of all alarms told in the last 24 h',
  },
}

export const words = {
  zh: {
    zone: {
      title: '',
      none: '无一级告警',
      more: '另有 {n} 条',
      moreInSheet: '另有 {n} 条，按 A',
      does: '{owner}：{response}',
      escalated: '三分钟仍未派警',
      under: '含 {n} 条',
      first: '首出',
      shelved: '搁置',
      own: '本方单位',
    },
    list: {
      title: '告警',
      none: '无二、三级告警',
      more: '另有 {n} 条',
    },
    load: {
      title: '告警负荷 · 近 24 小时',
      now: '条 / 十分钟',
      mean: '均 {mean}，限 1',
      flood: '告警潮：二三级归并',
      noFlood: '无告警潮',
      floodShare: '告警潮占时',
      mix: '一二三级占比',
      stale: '现超 24 小时',
      shelved: '现搁置',
      suppressed: '现归并',
    },
    what: what.zh,
    response: response.zh,
    owner: owner.zh,
    standing: standing.zh,
    shelf: shelf.zh,
    sheet: sheetWords.zh,
    rule: rule.zh,
    raise: raiseWords.zh,
  },
  en: {
    zone: {
      title: '',
      none: 'no priority-1 alarm',
      more: '{n} more',
      moreInSheet: '{n} more: press A',
      does: '{owner}: {response}',
      escalated: 'nobody sent after 3 min',
      under: '{n} in it',
      first: 'first out',
      shelved: 'shelved',
      own: 'own unit',
    },
    list: {
      title: 'Alarms',
      none: 'no alarm of priority 2 or 3',
      more: '{n} more',
    },
    load: {
      title: 'Alarm load, last 24 h',
      now: 'in 10 min',
      mean: 'mean {mean}, limit 1',
      flood: 'flood: grouped',
      noFlood: 'no flood',
      floodShare: 'of time in flood',
      mix: 'share of 1, 2, 3',
      stale: 'now over 24 h',
      shelved: 'shelved now',
      suppressed: 'grouped now',
    },
    what: what.en,
    response: response.en,
    owner: owner.en,
    standing: standing.en,
    shelf: shelf.en,
    sheet: sheetWords.en,
    rule: rule.en,
    raise: raiseWords.en,
  },
}
