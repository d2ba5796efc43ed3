// Plain old JavaScript: it has to run, and to speak, on a Node that cannot read the rest.
var needed = require('../package.json').engines.node.replace('>=', '')
var have = process.versions.node.split('.').map(Number)
var need = needed.split('.').map(Number)

if (have[0] < need[0] || (have[0] === need[0] && have[1] < need[1])) {
  console.error(
    'Wanglou needs Node ' +
      needed +
      ' or newer and this is ' +
      process.versions.node +
      ': run `npm ci` again without leaving out optional dependencies (it brings the right Node for ' +
      'Linux), or install Node ' +
      need[0] +
      ' yourself.',
  )
  process.exit(1)
}
