import type { EventDefinitions } from '#protocol/definition.ts'
import type { Body } from '#protocol/event.ts'
import type { NumberKind } from './find-numbers.ts'
import { faultOfCode, maskText } from './mask.ts'
import { visitOf } from './text-fields.ts'

/** A body without numbers in its free text, which it had, and the first code that may not be as it is. */
export interface MaskedBody {
  body: Body
  masked: readonly NumberKind[]
  fault: { field: string; reason: string } | null
}

/** Changes in place what a schema has let in. Throws, when it is made, at a schema that it cannot look into. */
export const createBodyMask = (definitions: EventDefinitions) => {
  const visits = new Map(
    Object.entries(definitions).map(([type, { body }]) => [type, visitOf(body)] as const),
  )
  return (
    type: string,
    parsed: unknown,
    now: number,
    fits: (code: string) => boolean,
  ): MaskedBody => {
    const masked: NumberKind[] = []
    let fault: MaskedBody['fault'] = null
    const texts = {
      free(text: string) {
        const result = maskText(text, now)
        for (const { kind } of result.found) masked.push(kind)
        return result.text
      },
      code(text: string, path: readonly string[]) {
        const reason = text.isWellFormed()
          ? faultOfCode(text, now, fits)
          : 'half a character (a lone surrogate): the text was cut in the middle of one'
        if (reason) fault ??= { field: path.join('.'), reason }
      },
    }
    const body = visits.get(type)!(parsed, texts, ['body']) as Body
    return { body, masked, fault }
  }
}
