import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Test files that take a minute and more, the longest first: with several at a time none of them is left to run alone
 * at the end. The first of them wait more than they work, which suits the unit tests that run beside them.
 */
const long = [
  'break',
  'freshness',
  'stress',
  'bench',
  'scenes',
  'wall',
  'rules/walls',
  'disk',
  'tracks',
  'rules/moments',
  'picking',
].map((name) => `/e2e/${name}.test.ts`)

const rank = ({ moduleId }: TestSpecification): number => {
  const index = long.findIndex((end) => moduleId.endsWith(end))
  return index < 0 ? long.length : index
}

/** The order of test files, as Vitest asks for it. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}
