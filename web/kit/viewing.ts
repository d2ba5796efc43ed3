import { type ComputedRef, type InjectionKey, inject } from 'vue'
import type { TypeScale } from './type-scale.ts'

/** The sizes of type that the wall has chosen; in CSS they are `--word-px`, `--value-px`, … */
export const typeScaleKey: InjectionKey<ComputedRef<TypeScale>> = Symbol('type scale')

export const useTypeScale = (): ComputedRef<TypeScale> => {
  const scale = inject(typeScaleKey)
  if (!scale) throw new Error('a panel stands outside of a wall')
  return scale
}
