import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { parse } from 'vue/compiler-sfc'

/** An import that a rule forbids. */
export interface Breach {
  rule: string
  from: string
  to: string
}

/** What an import graph cannot see. */
export const sourceRules = {
  'imports-are-readable': 'import() takes a literal, else nobody can tell what it brings.',
  'globs-belong-to-screens': 'Only screens may gather files with import.meta.glob.',
  'type-imports-say-so-in-front':
    'Write `import type`: braces that hold nothing but inline types still load the file.',
} as const

const fenced = /^(protocol|topics|server|web|mock|operate)\//
const screens = /^web\/((wall|console|briefing|gallery)\/|[^/]+$)/
const test = /\.test\.ts$/

const scriptsOf = (file: string, source: string): string => {
  if (!file.endsWith('.vue')) return source
  const { descriptor } = parse(source, { filename: file })
  return [descriptor.script?.content, descriptor.scriptSetup?.content].join('\n')
}

/** `{}` and `{ type A }`, also behind a default import, which a graph would take for type-only. */
const hidesAsTypes = (node: ts.Node): boolean => {
  if (ts.isImportDeclaration(node)) {
    const names = node.importClause?.namedBindings
    if (node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return false
    return !!names && ts.isNamedImports(names) && names.elements.every((name) => name.isTypeOnly)
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && !node.isTypeOnly) {
    const names = node.exportClause
    return !!names && ts.isNamedExports(names) && names.elements.every((name) => name.isTypeOnly)
  }
  return false
}

const isUnreadableImport = (node: ts.Node): boolean =>
  ts.isCallExpression(node) &&
  node.expression.kind === ts.SyntaxKind.ImportKeyword &&
  !(node.arguments[0] && ts.isStringLiteralLike(node.arguments[0]))

const isGlob = (node: ts.Node): boolean =>
  ts.isCallExpression(node) &&
  ts.isPropertyAccessExpression(node.expression) &&
  ts.isMetaProperty(node.expression.expression) &&
  node.expression.name.text.startsWith('glob')

/** Checks what stands in the files themselves. */
export const readSources = (root: string, files: readonly string[]): Breach[] =>
  files
    .filter((file) => fenced.test(file) && !test.test(file))
    .flatMap((file) => {
      const text = scriptsOf(file, readFileSync(join(root, file), 'utf8'))
      const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest)
      const breaches: Breach[] = []
      const visit = (node: ts.Node): void => {
        const add = (rule: keyof typeof sourceRules) => {
          breaches.push({ rule, from: file, to: node.getText(source).replace(/\s+/g, ' ') })
        }
        if (hidesAsTypes(node)) add('type-imports-say-so-in-front')
        if (isUnreadableImport(node)) add('imports-are-readable')
        if (isGlob(node) && !screens.test(file)) add('globs-belong-to-screens')
        ts.forEachChild(node, visit)
      }
      visit(source)
      return breaches
    })
