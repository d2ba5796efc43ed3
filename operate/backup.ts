import { dataFolder, onlyFolder, runCommand } from './command.ts'
import { takeBackup } from './take-backup.ts'

runCommand(async () => {
  const into = onlyFolder('Say where to: npm run backup -- DIR')
  const { folder, manifest } = await takeBackup(dataFolder(), into)
  return `${folder}: seq 1 to ${manifest.head}, chain verified, ends in ${manifest.headHash.slice(0, 8)}`
})
