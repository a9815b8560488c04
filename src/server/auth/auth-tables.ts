/** The tables that the library of sign-in keeps, as `state/migrations/0002-users.ts` makes them. */
export type AuthTables = {
  users: {
    id: string;
    name: string;
    /** Lower case. */
    email: string;
    email_verified: number;
    image: string | null;
    role: string;
    /** ISO 8601; null: they may sign in. */
    disabled_at: string | null;
    created_at: string;
    updated_at: string;
  };
  user_sessions: {
    id: string;
    user_id: string;
    token: string;
    expires_at: string;
    ip_address: string | null;
    user_agent: string | null;
    created_at: string;
    updated_at: string;
  };
  /** As far as it is read here. */
  user_accounts: { id: string; user_id: string; password: string | null };
  user_verifications: {
    id: string;
    identifier: string;
    value: string;
    expires_at: string;
    created_at: string;
    updated_at: string;
  };
};
