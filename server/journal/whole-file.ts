import { open, rename } from 'node:fs/promises'

/** Replaces a small file so that it is there whole, old or new, whatever happens in between. */
export const replaceWhole = async (path: string, text: string): Promise<void> => {
  const part = `${path}.part`
  const file = await open(part, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(part, path)
}
