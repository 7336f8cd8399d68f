/** What loading anything at all costs. */
export const handler = async () => ({ statusCode: 200 });
