/** An incident that more than one topic tells of in its scenes. */
export interface SceneIncident {
  incident: string
  minutesAgo: number
  level: 1 | 2
  category: string
  summary: string
  division: string
  lon: number
  lat: number
}

const mohan = { division: '532823105', lon: 101.68, lat: 21.19 }
const daluo = { division: '532822102', lon: 100.04, lat: 21.69 }
const mengla = { division: '532823101', lon: 101.57, lat: 21.48 }
const menghai = { division: '532822101', lon: 100.45, lat: 21.96 }
const accident = { category: 'disaster-accident', summary: '货车侧翻，占用南向车道，有人被困' }
const crowd = { category: 'mass-incident', summary: '集镇街道：多人聚集反映征地问题' }

/** Those that alarms are about: the queue, the map and the alarms of a scene must agree on them. */
export const sceneIncidents = {
  grave: [
    { incident: '0900', minutesAgo: 2.4, level: 1, ...accident, ...daluo },
    { incident: '0901', minutesAgo: 2.8, level: 1, ...crowd, ...mohan },
    { incident: '0902', minutesAgo: 3, level: 1, ...crowd, ...menghai },
    { incident: '0903', minutesAgo: 3.1, level: 1, ...accident, ...mengla },
  ],
  waiting: {
    ...{ incident: '0906', minutesAgo: 12, level: 2 },
    ...{ category: 'public-order', summary: '噪声扰民' },
    ...{ division: '532801001', lon: 100.79, lat: 22.0 },
  },
} as const satisfies { grave: SceneIncident[]; waiting: SceneIncident }
