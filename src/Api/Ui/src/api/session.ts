import { json } from './http';

export interface Project {
  id: string;
  name: string;
  timezone: string;
  currency: string;
}

export interface Session {
  signed_in: boolean;
  app_id?: string;
  project?: Project;
  expires_at?: string;
}

export const session = {
  read: () => json<Session>('GET', '/ui/session'),
  signIn: (body: { app_id: string; app_token: string } | { code: string }) => json<Session>('POST', '/ui/session', { body }),
  signOut: () => json<void>('DELETE', '/ui/session'),
};
