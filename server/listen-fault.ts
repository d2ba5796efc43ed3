/** Why the server cannot listen, in a sentence that says what to do; null where no setting is to blame. */
export const listenFault = (
  code: string | undefined,
  host: string,
  port: number,
): string | null => {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} of ${host} is taken: stop what listens there, or set WANGLOU_PORT`
    case 'EACCES':
      return `Port ${port} of ${host} is barred to this user: set WANGLOU_PORT to another, 1024 or more`
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'EINVAL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `WANGLOU_HOST is "${host}", which is no address of this machine (${code})`
    default:
      return null
  }
}
