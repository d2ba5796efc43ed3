import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

/** A process that answers one question after the other. It goes when this one goes: its channel closes. */
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
  const askNow = async (question: object): Promise<unknown> => {
    const answered = once(child, 'message')
    child.send(question)
    const [answer] = await Promise.race([answered, ended])
    return answer
  }
  let last: Promise<unknown> = Promise.resolve()
  return {
    ask<Answer>(question: object) {
      last = last.then(() => askNow(question))
      return last as Promise<Answer>
    },
    end: () => child.disconnect(),
  }
}
