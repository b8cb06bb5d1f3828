/// <reference types="svelte" />
/// <reference types="vite/client" />

declare module 'virtual:issuer-icons' {
  const icons: import('../build/icons').IssuerIcon[];
  export default icons;
}

declare module 'virtual:licences' {
  const licences: import('../build/licences').Licences;
  export default licences;
}
