/** How APIs want to see their secret key. */

export const bearer = (credential: string): { readonly authorization: string } => ({ authorization: `Bearer ${credential}` });

/** The key as the user name, and no password: what PAY.JP and KOMOJU take. */
export const basic = (credential: string): { readonly authorization: string } => ({
  authorization: `Basic ${Buffer.from(`${credential}:`, "utf8").toString("base64")}`,
});

export const acceptJson = { accept: "application/json" } as const;
