import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

/** A process that answers one question at a time. It goes when this one goes: its channel closes. */
export interface Child {
  ask<Answer>(question: object): Promise<Answer>
  end(): void
}

export const startChild = (script: URL, args: readonly string[]): Child => {
  const child: ChildProcess = fork(script, args)
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${script.pathname} ${args.join(' ')} ended with ${code}`)
  })
  ended.catch(() => {})
  return {
    async ask<Answer>(question: object) {
      const answered = once(child, 'message')
      child.send(question)
      const [answer] = await Promise.race([answered, ended])
      return answer as Answer
    },
    end: () => child.disconnect(),
  }
}
