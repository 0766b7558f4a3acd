/** Hands a file to the browser to save. */
export function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // After the click has been taken: the browser reads the address then.
  setTimeout(() => URL.revokeObjectURL(url));
}
