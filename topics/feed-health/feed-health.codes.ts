/** What can be wrong with a source, worst first. */
export const feedFaults = ['silent', 'clock', 'late', 'rubbish', 'doubled'] as const
export type FeedFault = (typeof feedFaults)[number]

/** The most sources that one count tells of; more go into a second event. */
export const sourcesPerCount = 200
