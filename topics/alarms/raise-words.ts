import type { RuleId } from './alarms.codes.ts'

/** What each rule watches, and how long it waits: where an alarm comes from. */
export const raiseWords = {
  zh: {
    'incident-grave': '一级警情，自上报起至办结；3 分钟仍未派警再次提示',
    'unit-emergency': '在勤单位自报告急，至其解除',
    'incident-waiting': '二级警情上报 5 分钟仍未派警',
    'unit-missing': '在勤单位 70 分钟无消息',
    'source-silent': '数据来源未按约定来数，又过 30 秒',
    'screen-frozen': '有名字的屏幕不再报告画面',
    'unit-silent': '在勤单位 40 分钟无消息',
    'unit-overdue': '单位逾时 25 分钟未归队',
    'segment-unpatrolled': '边境段 24 小时内无人全程巡到',
    'matter-storm': '同一乡镇同类网格事件约一分钟内上报 20 次以上，至少于 5 次止',
    'matter-risen': '网格事件已上报至州，未满 30 分钟',
    'unit-unrostered': '名册外的设备在报位置',
    'source-amiss': '数据来源迟到、重发、时钟不准或多被退回，持续 10 分钟',
    untold: '一级告警；由何规则提出，此屏不提供',
  },
  en: {
    'incident-grave':
      'a level-1 incident, from its report to its end; told again when nobody is sent within 3 min',
    'unit-emergency': 'a unit on duty calls an emergency, until it takes that back',
    'incident-waiting': 'a level-2 incident to which nobody was sent within 5 min',
    'unit-missing': 'a unit on duty was not heard for 70 min',
    'source-silent': 'a source did not keep its interval, nor in the 30 s after that',
    'screen-frozen': 'a screen with a name no longer says that it draws',
    'unit-silent': 'a unit on duty was not heard for 40 min',
    'unit-overdue': 'a unit is not back 25 min after it was due',
    'segment-unpatrolled': 'nobody patrolled a border segment from end to end for 24 h',
    'matter-storm':
      '20 or more moves up a level of matters of one kind from one township within about a minute, until they are fewer than 5',
    'matter-risen': 'a matter of a cell came up to the prefecture less than 30 min ago',
    'unit-unrostered': 'a device that is on no roster sends positions',
    'source-amiss':
      'a source is late, sends twice, has a wrong clock or is refused much, for 10 min',
    untold: 'an alarm of priority 1; which rule raised it is not told to this wall',
  },
} satisfies Record<string, Record<RuleId | 'untold', string>>
