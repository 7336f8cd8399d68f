/** FNV-1a over UTF-16, its upper half folded in, since neighbouring ids differ in their last characters. 31 bits: -1 stays free for what has none. */
export const hashText = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash ^ (hash >>> 15)) & 0x7fffffff;
};
