/** What can be wrong with a source, worst first. */
export const feedFaults = ['silent', 'clock', 'late', 'rubbish', 'doubled'] as const
export type FeedFault = (typeof feedFaults)[number]

/** More sources than this go into a second `feed.counted`. */
export const sourcesPerCount = 200
