/** The spellings of a gateway's name: `my-bank` in the registry and in files, `myBank` in code, `My Bank` to people, `My-Bank` in headers. */
import { Failure } from "../../core/failure.ts";

export interface Names {
  readonly key: string;
  readonly code: string;
  readonly title: string;
  readonly header: string;
}

/** Words that cannot name a constant. */
const reserved =
  /^(await|break|case|catch|class|const|continue|default|delete|do|else|enum|export|extends|false|finally|for|function|if|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield)$/;

/** @throws Failure when the name cannot be a registry key and a file's name. */
export const namesOf = (key: string): Names => {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(key) || key.length > 40 || reserved.test(key))
    throw new Failure(`"${key}" cannot name a gateway: write up to 40 lower-case letters, digits and hyphens, beginning with a letter.`);
  const words = key.split("-");
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  return {
    key,
    code: words.map((word, index) => (index === 0 ? word : capital(word))).join(""),
    title: words.map(capital).join(" "),
    header: words.map(capital).join("-"),
  };
};
