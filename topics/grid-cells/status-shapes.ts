import type { Status } from './grid-cells.codes.ts'

/**
 * The sign of each status, drawn in a square of 20 by 20; an outline where `isHollow`. A cell is an area: what asks for
 * somebody is a square, hatched as it is on the map, so that nobody takes it for an incident.
 */
export const statusShapes: Record<Status, { path: string; isHollow: boolean }> = {
  overdue: { path: 'M2 2h16v16H2ZM2 10l8-8M2 18 18 2M10 18l8-8', isHollow: true },
  escalated: { path: 'M10 1 18.5 10H13V19H7V10H1.5Z', isHollow: false },
  attention: { path: 'M2 2h16v16H2ZM8.7 8.7h2.6v2.6H8.7Z', isHollow: true },
  silent: { path: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14Z', isHollow: true },
  unknown: { path: 'M4 4 16 16M16 4 4 16', isHollow: true },
  normal: { path: 'M5 5h10v10H5Z', isHollow: true },
}
