import { type SceneName, sceneNames } from './scenes/scene.ts'

/** What a key asks of the wall. */
export type Wish =
  | { do: 'scene'; name: SceneName }
  | { do: 'step'; by: 1 | -1 }
  | { do: 'layer'; index: number }
  | { do: 'rotate' | 'visitor' | 'night' | 'answer' | 'card' | 'close' }

export interface Key {
  key: string
  code: string
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

const letters = new Map<string, Wish>(
  Object.entries({
    a: { do: 'answer' },
    r: { do: 'rotate' },
    v: { do: 'visitor' },
    n: { do: 'night' },
    '?': { do: 'card' },
    '？': { do: 'card' },
    Escape: { do: 'close' },
    ArrowLeft: { do: 'step', by: -1 },
    ArrowRight: { do: 'step', by: 1 },
  } satisfies Record<string, Wish>),
)

/** Digits are scenes, digits with Shift layers of the map; by their place, since Shift makes other signs of them. */
export const wishOf = ({ key, code, shiftKey, ctrlKey, metaKey, altKey }: Key): Wish | null => {
  if (ctrlKey || metaKey || altKey) return null
  const digit = Number(/^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1] ?? 0)
  if (digit > 0) {
    if (shiftKey) return { do: 'layer', index: digit - 1 }
    const name = sceneNames[digit - 1]
    return name ? { do: 'scene', name } : null
  }
  return letters.get(key.length === 1 ? key.toLowerCase() : key) ?? null
}
