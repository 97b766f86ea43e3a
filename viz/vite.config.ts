// Builds the page as one file, viz/dist/page.html, the same octets for the same sources.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { pack } from './pack.mjs';
import { digestOfSources } from './sources.mjs';

// The page names the digest of what it was built from; tests compare it with the files.
function nameSources(): Plugin {
  return {
    name: 'mailcosm-name-sources',
    transformIndexHtml: (html) => html.replace('%SOURCES%', digestOfSources(import.meta.dirname)),
  };
}

// After everything is in one file.
function packProgram(): Plugin {
  return {
    name: 'mailcosm-pack-program',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const page = bundle['page.html'];
        if (page?.type === 'asset') page.source = pack(String(page.source));
      },
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  plugins: [svelte({ compilerOptions: { runes: true } }), nameSources(), viteSingleFile({ removeViteModuleLoader: true }), packProgram()],
  build: {
    outDir: process.env['MAILCOSM_VIZ_OUT'] ?? 'dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    rollupOptions: { input: 'page.html' },
    reportCompressedSize: false,
  },
  test: { include: ['tests/unit/**/*.test.ts'], environment: 'node', testTimeout: 60_000 },
} as Parameters<typeof defineConfig>[0]);
