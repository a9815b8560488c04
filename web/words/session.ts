export const words = {
  signIn: 'Sign in',
  email: 'E-mail',
  password: 'Password',
  expired: 'Your session has ended',
  expiredHelp: 'Sign in again to go on where you are. Nothing that you typed is lost.',
} as const;
