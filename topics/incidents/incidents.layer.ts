import type { Layer } from '@deck.gl/core'
import { IconLayer, TextLayer } from '@deck.gl/layers'
import type { Texture } from '@luma.gl/core'
import { cellPerSign, drawLevelAtlas, levelIcons } from '#web/kit/level-atlas.ts'
import type { Incidents } from './incident.ts'
import { type IncidentRow, queueRows } from './incidents.rows.ts'

type PlacedRow = IncidentRow & { place: [number, number] }

/** Size of a level's sign, in sizes of a word: what is grave is found first. */
const signEm: Record<number, number> = { 1: 1.5, 2: 0.95, 3: 0.75, 4: 0.9 }

let atlas: ImageData | null = null

/** Open incidents where they are; an audience that may not know the places gets an empty map. */
export const layer = ({ state, labelPx }: { state: Incidents; labelPx: number }): Layer[] => {
  atlas ??= drawLevelAtlas('#0b1420')
  const placed = queueRows(state)
    .filter((row): row is PlacedRow => row.place !== null)
    // the gravest last, so that it lies on top
    .reverse()
  const signs = new IconLayer<PlacedRow>({
    id: 'incidents-signs',
    data: placed,
    // a picture will do as well as a texture; the type does not know
    iconAtlas: atlas as unknown as Texture,
    iconMapping: levelIcons,
    getIcon: ({ level }) => String(level),
    getPosition: ({ place }) => place,
    getSize: ({ level }) => (signEm[level] ?? 0.6) * cellPerSign * labelPx,
    sizeUnits: 'pixels',
    updateTriggers: { getSize: labelPx },
  })
  const grave = placed.filter(({ level }) => level === 1)
  // a text layer with no text has no letters to draw from, and WebGL complains of it
  if (grave.length === 0) return [signs]
  const numbers = new TextLayer<PlacedRow>({
    id: 'incidents-numbers',
    data: grave,
    characterSet: 'auto',
    fontFamily: 'Barlow, "Noto Sans SC", sans-serif',
    fontWeight: 600,
    fontSettings: { sdf: true, fontSize: 64, buffer: 8, radius: 16 },
    outlineWidth: 4,
    outlineColor: [11, 20, 32, 255],
    getText: ({ short }) => short,
    getPosition: ({ place }) => place,
    getPixelOffset: [labelPx, 0],
    getTextAnchor: 'start',
    getSize: labelPx * 1.2,
    getColor: [230, 237, 243],
    updateTriggers: { getSize: labelPx, getPixelOffset: labelPx },
  })
  return [signs, numbers]
}
