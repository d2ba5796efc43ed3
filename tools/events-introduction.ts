import { coordinateSystems } from '#server/ingest/coordinates.ts'

const systems = coordinateSystems.map((system) => `\`${system}\``).join(', ')

/** What stands above the list in `docs/events.md`. */
export const introduction = `# Events: what another system may send

<!-- Made by \`npm run docs\` from the schemas. Change the schemas, not this page. -->

中文摘要：向 \`POST /ingest/events\` 发送 NDJSON（每行一条）或 JSON 数组，请求头带 \`Authorization: Bearer 令牌\`。每条含
\`id\`、\`type\`、\`at\`（发生时间，UTC 毫秒整数）、\`source\`、\`body\`，坐标非 WGS-84 时加 \`crs\`。未列出的字段一律拒收；不得包含任何个人信息。
自由文本中的有效身份证号、手机号、车牌号在入库前替换为 \`[证件号]\`、\`[手机号]\`、\`[车牌号]\`；编号类字段含有这些号码则拒收，除非来源已声明其编号格式。
同一 \`id\` 重发是安全的。下列各表给出每种事件的字段、取值范围、是否必填以及谁能看到。

## The envelope

Each event is one JSON object: one line of NDJSON, or one element of an array.

| field | type | meaning | required |
|---|---|---|---|
| \`id\` | string | yours, one for each event and never used again. Sending it again with the same content is safe and counts as duplicate; with other content it is refused as \`id-conflict\` | yes |
| \`type\` | string | one of the events below | yes |
| \`at\` | integer | when it happened, by your clock: milliseconds since 1970-01-01 UTC | yes |
| \`source\` | string | the name of your system, always the same | yes |
| \`body\` | object | the fields of the event, as its table says. A field that is not in the table is refused | yes |
| \`crs\` | string | the system of every \`lon\` and \`lat\` in the body: ${systems}. Without it: \`wgs84\`. It is converted once, at the door, and stored as WGS-84 | no |

Nothing personal belongs in any field: no name, no plate, no telephone number, nothing ethnic or religious.

What comes all the same is looked for at the door:

- In free text (fields of "one line, no control characters") a valid identity-card number, a mobile number or a plate is replaced
  by \`[证件号]\`, \`[手机号]\`, \`[车牌号]\` before anything is stored, also with gaps, in full width or in small letters. Only the
  count is kept.
- \`id\`, \`source\` and every other code is never altered. One that holds such a number refuses the event. If your numbers look
  so, declare their pattern once: \`{"source":"cad","intervalMs":10000,"numberPatterns":["5328#############?"]}\` to
  \`POST /ingest/alive\` (\`#\` a digit, \`@\` a Latin letter, \`?\` either, all else itself). A code that fits as a whole then passes as it is.

## Sending

\`\`\`sh
curl --data-binary @events.ndjson -H "Authorization: Bearer $WANGLOU_INGEST_TOKEN" \\
  -H 'Content-Type: application/x-ndjson' http://127.0.0.1:8080/ingest/events
\`\`\`

The answer is \`{"accepted": n, "duplicate": n, "refused": [{"line", "id", "field", "reason"}], "quarantined": n}\`, sent when what
was accepted is on disk. \`quarantined\` says how many of the refused lines the wall keeps for a mend ([quarantine.md](quarantine.md)). \`line\` counts from 1. One bad line never hurts its neighbours: mend it and send it again. Without an answer, send all
of it again: the \`id\` keeps it from counting twice.

- Live events may be up to 24 hours old and 5 minutes ahead of the server's clock. Outside that they are kept and flagged
  \`clockSuspect\`, and counted by the time they arrived.
- History goes to \`/ingest/events?backfill=1\`: \`at\` is then trusted and counted by.
- What is made up goes to \`/ingest/events?simulated=1\`: the wall then says so.
- Events of one incident may arrive in any order; what happened is kept.

"Seen by" names the audiences whose screens get the field: \`wall\` is the staff of the centre, \`shared\` a wall that people of
several agencies read, \`visitor\` anybody who is walked past. "Figures only": their screens get none of these events, but
figures of the server's, in which a count of persons or cases below 5 is withheld ([decision 11](decisions/0011-small-counts.md)).
`
