export { describe, parseYaml } from '../lib/yaml-file.ts';
