import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { icons } from './build/icons.ts';
import { licenceList } from './build/licences.ts';

export default defineConfig({
  plugins: [svelte(), icons(), licenceList()],
  base: './',
  build: {
    target: 'safari15.4',
    outDir: 'dist',
    // The CSP allows no data: URL.
    assetsInlineLimit: 0,
    // All of it comes from the app itself: there is no wait to foresee.
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        chunkFileNames: ({ facadeModuleId, name }) => `assets/${facadeModuleId?.split('virtual:')[1] ?? name}-[hash].js`,
        // Without groups, the scripts of the first paint are cut wherever another screen shares a module, and grow by that.
        codeSplitting: {
          groups: [
            { name: 'libraries', tags: ['$initial'], test: /node_modules/, priority: 1 },
            { name: 'start', tags: ['$initial'] },
          ],
        },
      },
    },
  },
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  test: {
    // A test that needs a page says so in its first line.
    environment: 'node',
    include: ['src/**/*.test.ts'],
  },
});
