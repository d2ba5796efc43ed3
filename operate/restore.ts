import { ensureFolder } from '#server/settings.ts'
import { dataFolder, onlyFolder, runCommand } from './command.ts'
import { restoreBackup } from './restore-backup.ts'

runCommand(async () => {
  const path = onlyFolder(
    'Say where from: npm run restore -- DIR (a backup, or a folder of many: the newest)',
  )
  const folder = dataFolder()
  ensureFolder(folder)
  const { from, manifest, epoch, keptToken } = await restoreBackup(path, folder)
  const token = keptToken ? '; the token that was there stays' : ''
  return `${folder} holds ${from}: seq 1 to ${manifest.head}, chain verified, epoch now ${epoch.slice(0, 8)}${token}`
})
