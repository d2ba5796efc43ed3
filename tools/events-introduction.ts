import { coordinateSystems } from '#server/ingest/coordinates.ts'

const systems = coordinateSystems.map((system) => `\`${system}\``).join(', ')

/** What stands above the list in `docs/events.md`. */
export const introduction = `# Events: what another system may send

<!-- Made by \`npm run docs\` from the schemas. Change the schemas, not this page. -->

中文摘要：向 \`POST /ingest/events\` 发送 NDJSON（每行一条）或 JSON 数组，请求头带 \`Authorization: Bearer 令牌\`。每条含
\`id\`、\`type\`、\`at\`（发生时间，UTC 毫秒整数）、\`source\`、\`body\`，坐标非 WGS-84 时加 \`crs\`。未列出的字段一律拒收；不得包含任何个人信息。
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

## Sending

\`\`\`sh
curl --data-binary @events.ndjson -H "Authorization: Bearer $WANGLOU_INGEST_TOKEN" \\
  -H 'Content-Type: application/x-ndjson' http://127.0.0.1:8080/ingest/events
\`\`\`

The answer is \`{"accepted": n, "duplicate": n, "refused": [{"line", "id", "field", "reason"}]}\`, sent when what was accepted is
on disk. \`line\` counts from 1. One bad line never hurts its neighbours: mend it and send it again. Without an answer, send all
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
