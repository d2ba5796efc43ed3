import { describe, expect, test } from 'vitest'
import { alarmScenes } from './alarms/alarms.scenes.ts'
import { incidentScenes } from './incidents/incidents.scenes.ts'

describe.each(['quiet', 'busy', 'flood'] as const)('in the scene %s', (name) => {
  test('an alarm of an incident tells of one that there is, as it is', () => {
    const reports = incidentScenes[name].filter(({ type }) => type === 'incident.reported')
    const raised = alarmScenes[name].filter(
      ({ type, body }) => type === 'alarm.raised' && body.of === 'incident',
    )
    if (name !== 'quiet') expect(raised.length).toBeGreaterThan(1)
    for (const { body } of raised) {
      const report = reports.find((one) => one.body.incident === body.subject)
      const { category, division, lon, lat } = body
      expect(report?.body, String(body.subject)).toMatchObject({ category, division, lon, lat })
      expect([report?.body.level, report?.at]).toEqual([body.priority, body.since])
    }
    const grave = reports.filter(({ body }) => body.level === 1)
    const answered = raised.filter(({ body }) => body.rule === 'incident-grave')
    expect(answered.map(({ body }) => body.subject).sort()).toEqual(
      grave.map(({ body }) => body.incident).sort(),
    )
  })
})
