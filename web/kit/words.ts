import type { WordsByLang } from './lang.ts'

export const words: WordsByLang = {
  zh: {
    noData: '无数据',
    under: '少于 {n}，此屏不显示',
    withheld: '此屏不显示：由此可推知少于 {n} 的人数或件数',
    broken: '此处显示出错，其余不受影响',
    freshness: {
      live: '',
      'catching-up': '补齐中',
      silent: '失联 | 失联 | {n} 源失联',
      stale: '久未更新',
      lost: '',
      'no-data': '无数据',
    },
    level: { 1: '一级', 2: '二级', 3: '三级', 4: '四级' },
  },
  en: {
    noData: 'no data',
    under: 'fewer than {n}, withheld on this wall',
    withheld: 'withheld on this wall: it would tell of fewer than {n} persons or cases',
    broken: 'this part has failed, the rest goes on',
    freshness: {
      live: '',
      'catching-up': 'catching up',
      silent: 'silent | silent | {n} silent',
      stale: 'stale',
      lost: '',
      'no-data': 'no data',
    },
    level: { 1: 'level 1', 2: 'level 2', 3: 'level 3', 4: 'level 4' },
  },
}
