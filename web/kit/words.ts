import type { WordsByLang } from './lang.ts'

export const words: WordsByLang = {
  zh: {
    noData: '无数据',
    broken: '此处显示出错，其余不受影响',
    freshness: {
      live: '',
      'catching-up': '补齐中',
      silent: '来源失联 | 来源失联 | {n} 个来源失联',
      stale: '久未更新',
      lost: '',
      'no-data': '无数据',
    },
    level: { 1: '一级', 2: '二级', 3: '三级', 4: '四级' },
  },
  en: {
    noData: 'no data',
    broken: 'this part has failed, the rest goes on',
    freshness: {
      live: '',
      'catching-up': 'catching up',
      silent: 'source silent | source silent | {n} sources silent',
      stale: 'stale',
      lost: '',
      'no-data': 'no data',
    },
    level: { 1: 'level 1', 2: 'level 2', 3: 'level 3', 4: 'level 4' },
  },
}
