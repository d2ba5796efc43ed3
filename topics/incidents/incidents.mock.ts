import type { Call, Told } from '#mock/calls.ts'
import { hourOf, minuteMs, secondMs } from '#mock/clock.ts'
import type { Random } from '#mock/random.ts'
import { type Category, categories } from './incidents.codes.ts'

interface Manner {
  /** share of the calls, in hundredths */
  weight: number
  /** weights of levels 1, 2, 3 and 4 */
  levels: readonly [number, number, number, number]
  /** median time from arrival until it is dealt with, minutes */
  workMinutes: number
  where?: keyof typeof wheres
  whats: string
  outcomes: string
}

const wheres = {
  road: { urban: '主干道|路口|学校路段|江边路段', rural: '村道|国道路段|茶山路口|胶林路段|桥头' },
  home: { urban: '居民小区|沿街商铺|出租房|宾馆', rural: '村寨|茶厂|农家院|集镇商铺' },
  open: { urban: '商业街|夜市|客运站|公园|江边', rural: '集镇街道|赶集点|村委会旁|渡口' },
}
const organs = ['交通运输局', '消防救援大队', '应急管理局', '市场监管局', '林业和草原局']

/** How each category goes. Shares, levels and times are made up; level 1 comes to about 3 in 1,000. */
const manners: Record<Category, Manner> = {
  criminal: {
    weight: 6,
    levels: [12, 75, 480, 433],
    workMinutes: 62,
    where: 'home',
    whats: '财物失窃|电动车被盗|疑似网络诈骗|入室盗窃|疑似存放走私物品|有人持械威胁',
    outcomes: '受案调查|已立案|现场勘查完毕',
  },
  'public-order': {
    weight: 13,
    levels: [2, 28, 340, 630],
    workMinutes: 36,
    where: 'open',
    whats: '酒后吵闹|打架，已散开|噪声扰民|聚众喧哗|公物被损坏|疑似赌博',
    outcomes: '已制止|受理为治安案件|已劝离',
  },
  traffic: {
    weight: 24,
    levels: [3, 20, 220, 757],
    workMinutes: 34,
    where: 'road',
    whats: '两车剐蹭，无人受伤|追尾，占用一条车道|货车侧翻，占用车道|摩托车摔倒，有人受伤|车辆抛锚',
    outcomes: '简易程序处理|已勘查，恢复通行|双方自行协商',
  },
  'mass-incident': {
    weight: 0.3,
    levels: [150, 600, 250, 0],
    workMinutes: 130,
    where: 'open',
    whats: '多人聚集讨要工程款|多人聚集反映用水问题|多人聚集反映征地问题',
    outcomes: '已疏散，转部门办理|现场协调达成一致',
  },
  'disaster-accident': {
    weight: 2.6,
    levels: [22, 150, 500, 328],
    workMinutes: 80,
    where: 'road',
    whats: '土石滑落，道路中断|车辆起火|路边草地起火|树木倒伏，道路受阻|积水，车辆被困|电线坠地',
    outcomes: '险情排除|明火扑灭|道路恢复',
  },
  help: {
    weight: 17,
    levels: [2, 18, 200, 780],
    workMinutes: 20,
    where: 'home',
    whats: '走失，请求协助寻找|反锁在外，请求协助|醉酒倒地，需救助|蛇进入房屋|突发疾病，需救助',
    outcomes: '已救助|已找到|已送医|已指引',
  },
  dispute: {
    weight: 21,
    levels: [0, 9, 150, 841],
    workMinutes: 38,
    where: 'home',
    whats: '消费纠纷|噪声纠纷|租金纠纷|务工报酬纠纷|用水纠纷|停车纠纷|家庭纠纷',
    outcomes: '现场调解|转人民调解|已劝解',
  },
  complaint: {
    weight: 1.2,
    levels: [0, 0, 40, 960],
    workMinutes: 30,
    whats: '反映出警较慢|反映窗口等候时间长|反映处理结果未告知',
    outcomes: '已答复|转督察部门',
  },
  other: {
    weight: 5,
    levels: [0, 3, 50, 947],
    workMinutes: 16,
    where: 'open',
    whats: '警报器误响|可疑物品，请求查看|无人应答的来电|野生动物出没|空飘物落地',
    outcomes: '已查看|已移走|无异常',
  },
  'non-police': {
    weight: 9.9,
    levels: [0, 0, 0, 1],
    workMinutes: 15,
    whats: '路灯不亮|自来水停水|占道经营|咨询社保业务|窨井盖缺失|公交线路咨询',
    outcomes: '已答复|已告知渠道',
  },
}

const reportOf = (random: Random, call: Call) => {
  const hour = hourOf(call.atMs)
  const night = hour >= 20 || hour < 4
  const lean: Partial<Record<Category, number>> = {
    'public-order': night ? 1.5 : 0.8,
    'non-police': night ? 0.6 : 1.2,
    traffic: [7, 8, 17, 18].includes(hour) ? 1.4 : 1,
  }
  const category = random.weighted(
    categories.map((one) => [one, manners[one].weight * (lean[one] ?? 1)] as const),
  )
  const { levels, where, whats } = manners[category]
  const level = random.weighted(levels.map((weight, index) => [index + 1, weight] as const))
  const what = random.pick(whats.split('|'))
  const spots = where && wheres[where][call.urban ? 'urban' : 'rural'].split('|')
  const summary = spots ? `${random.pick(spots)}：${what}` : what
  return { category, level, lon: call.lon, lat: call.lat, division: call.division, summary }
}

/**
 * A whole incident, from the call to its end, in the order of its stamps. Among a thousand calls about 40 repeat
 * another, 40 are false, 75 go to 12345, 20 to another organ; some stamps are missing, a few are pressed too late.
 */
export const tellIncident = (random: Random, call: Call): Told[] => {
  const { incident, recent, sparse } = call
  const told: Told[] = []
  const say = (type: string, atMs: number, body: Told['body'] = {}, source = 'mock-110') => {
    const at = Math.floor(atMs / secondMs) * secondMs
    told.push({ type: `incident.${type}`, at, source, body: { incident, ...body } })
  }
  const stamp = (type: string, atMs: number, body?: Told['body']) =>
    say(type, atMs, body, 'mock-units')
  const inOrder = () => told.sort((one, other) => one.at - other.at)
  const someMs = (medianMinutes: number, sigma: number, longestMinutes = 8 * 60) =>
    Math.min(random.lognormal(medianMinutes, sigma), longestMinutes) * minuteMs

  if (recent && random.chance(0.055)) {
    say('reported', call.atMs, { ...recent.body, incident })
    say('merged', call.atMs + someMs(2, 0.5), { into: recent.body.incident! })
    return told
  }
  const report = reportOf(random, call)
  const { category, level } = report
  say('reported', call.atMs, report)
  if (category === 'non-police' && random.chance(0.87)) {
    say('passedTo12345', call.atMs + someMs(2.5, 0.5))
    return told
  }

  const arrivals = new Map<string, number>()
  const haste = level <= 2 ? 0.65 : 1
  const send = (unit: string, orderedMs: number) => {
    const signedMs = orderedMs + someMs(0.4, 0.6, 30)
    const offMs = signedMs + haste * someMs(0.9, 0.6, 60)
    const thereMs = offMs + haste * (call.urban ? someMs(4.6, 0.5, 90) : someMs(10.5, 0.6, 180))
    const pressedMs = random.chance(0.008) ? thereMs + random.int(5, 90) * secondMs : offMs
    if (!sparse) stamp('acknowledged', signedMs, { unit })
    if (!random.chance(0.012)) stamp('enRoute', pressedMs, { unit })
    if (!random.chance(0.012)) stamp('onScene', thereMs, { unit })
    arrivals.set(unit, thereMs)
  }
  const leave = (fromMs: number) => {
    const times = Array.from(arrivals, ([unit, thereMs]) => {
      const clearedMs = Math.max(thereMs, fromMs) + someMs(3, 0.7, 60)
      stamp('unitCleared', clearedMs, { unit })
      call.hold(unit, clearedMs)
      return clearedMs
    })
    return Math.max(...times)
  }

  const branch = category === 'traffic' ? 'traffic' : 'station'
  const counts = [random.int(4, 6), random.int(2, 4), random.int(1, 2), random.chance(0.15) ? 2 : 1]
  const wantedMs = call.atMs + haste * someMs(1.2, 0.6, 60)
  const { units, fromMs: orderedMs } = call.choose(branch, counts[level - 1]!, wantedMs)
  say('dispatched', orderedMs, { units })
  if (units.length === 1 && random.chance(0.025)) {
    const changedMs = orderedMs + someMs(1.5, 0.4, 10)
    const relief = call.choose(branch, 1, changedMs)
    say('reassigned', relief.fromMs, { from: units[0]!, to: relief.units[0]! })
    call.hold(units[0]!, relief.fromMs)
    send(relief.units[0]!, relief.fromMs)
  } else for (const unit of units) send(unit, orderedMs)

  const startedMs = Math.min(...arrivals.values())
  if (level >= 3 && random.chance(0.045)) {
    const foundMs = startedMs + someMs(6, 0.5, 60)
    say('falseReport', foundMs)
    leave(foundMs)
    return inOrder()
  }
  if (random.chance([0.9, 0.5, 0.08, 0.015][level - 1]!)) {
    const calledMs = startedMs + someMs(5, 0.5, 60)
    const more = call.choose(branch, random.int(1, level <= 2 ? 3 : 1), calledMs)
    say('reinforced', more.fromMs, { units: more.units })
    for (const unit of more.units) send(unit, more.fromMs)
  }
  const { workMinutes, outcomes } = manners[category]
  const workedMs = startedMs + someMs(workMinutes, 0.65, 10 * 60)
  const handledMs = Math.max(workedMs, ...arrivals.values())
  if (!sparse && !random.chance(0.02)) stamp('handled', handledMs)
  const clearedMs = leave(handledMs)
  if (random.chance(0.022)) {
    say('transferred', clearedMs + someMs(10, 0.6), { to: random.pick(organs) })
    return inOrder()
  }
  const fedBackMs = clearedMs + someMs(4, 0.8, 120)
  const closedMs = fedBackMs + someMs(17, 1.1, 24 * 60)
  const outcome = random.pick(outcomes.split('|'))
  stamp('fedBack', fedBackMs)
  say('closed', closedMs, { outcome })
  if (random.chance(0.007)) {
    const reopenedMs = closedMs + someMs(150, 0.7, 12 * 60)
    say('reopened', reopenedMs)
    say('closed', reopenedMs + someMs(110, 0.8, 12 * 60), { outcome })
  }
  return inOrder()
}
