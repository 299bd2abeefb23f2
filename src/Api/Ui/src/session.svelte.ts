import * as api from './api';
import { forgetOffline } from './offline';

let current = $state.raw<api.Session | null>(null);
let over = $state(false);

export const signedIn = {
  get project(): api.Project {
    return current?.project ?? { id: '', name: '', timezone: 'UTC', currency: 'USD' };
  },
  get appId(): string {
    return current?.app_id ?? '';
  },
  get isSignedIn(): boolean {
    return current?.signed_in === true;
  },
  /** Whether a session that was there is no more; what is on the page stays. */
  get isOver(): boolean {
    return over;
  },
};

export async function loadSession(): Promise<void> {
  api.onSignedOut(() => {
    over = current?.signed_in === true;
  });
  const code = /^#code=([\w-]+)$/.exec(location.hash)?.[1];
  if (code) {
    // Out of the address bar and the history, whether it is good or not.
    history.replaceState(history.state, '', location.pathname + location.search);
    try {
      current = await api.session.signIn({ code });
      return;
    } catch (failure) {
      if (!(failure instanceof api.ApiFailure) || failure.status !== 401) throw failure;
    }
  }
  current = await api.session.read();
}

/** Whether the session still is; asked now and then, because a page that only listens would not notice. */
export async function lookAgain(): Promise<void> {
  if (!current?.signed_in || over || document.visibilityState !== 'visible') return;
  const now = await api.session.read().catch(() => null);
  if (now && !now.signed_in) over = true;
  else if (now) current = now;
}

export async function signIn(appId: string, appToken: string): Promise<void> {
  const before = current?.project?.id;
  current = await api.session.signIn({ app_id: appId, app_token: appToken });
  if (over && before !== current.project?.id) location.reload();
  over = false;
}

export async function signOut(): Promise<void> {
  await api.session.signOut();
  await forgetOffline();
  location.assign('/ui/');
}
