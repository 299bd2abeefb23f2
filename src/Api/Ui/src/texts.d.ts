// The parts of the English texts that vite.config.ts makes.
declare module 'texts:first' {
  const texts: Record<string, string>;
  export default texts;
}
declare module 'texts:rest' {
  const texts: Record<string, string>;
  export default texts;
}
