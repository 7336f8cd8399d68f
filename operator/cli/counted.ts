export { counted } from "../../core/formats/counted.ts";
