import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tools/longest-first.ts'
import { wallFonts } from './tools/wall-fonts.ts'

const server = `http://127.0.0.1:${process.env.WANGLOU_PORT ?? 8080}`

export default defineConfig({
  root: 'web',
  publicDir: '../public',
  plugins: [
    vue(),
    wallFonts(fileURLToPath(new URL('node_modules/.cache/wanglou-fonts', import.meta.url))),
  ],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2024',
    chunkSizeWarningLimit: 1200,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { wall: 'web/index.html', gallery: 'web/gallery/index.html' },
    },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    strictPort: true,
    proxy: { '/api': server, '/healthz': server, '/feed': { target: server, ws: true } },
  },
  test: {
    root: '.',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // seeded histories of weeks; the machine may be busy with the other steps
          testTimeout: 60_000,
          hookTimeout: 60_000,
          include: [
            '{protocol,topics,server,web,mock,operate,tools,bench}/**/*.test.ts',
            // server and screens in one seeded process: no browser, no socket
            'e2e/simulation/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude: ['e2e/simulation/**'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // servers and browsers, which wait more than they work: two files at a time, whatever the machine
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
