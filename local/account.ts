/** The account and the Region that everything of the local stack is in. */
export const accountId = "000000000000";
export const region = "us-east-1";
