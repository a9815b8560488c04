/** Words of what stands before the app: signing in, the first administrator, invitations. */
export const words = {
  tagline: 'Saved Amplitude charts as tables of an open lakehouse',
  signIn: 'Sign in',
  email: 'E-mail',
  password: 'Password',
  showPassword: 'Show the password',
  hidePassword: 'Hide the password',
  forgotten: 'Forgotten your password? An administrator can give you a new one.',
  waitFor: (time: string) => `Try again in ${time}`,
  checking: 'Checking whether you are signed in',
  checkingSetup: 'Checking whether chartlift is set up',

  setupNeeded: 'Welcome to chartlift',
  setupNeededLead: 'This installation has no administrator yet. Its setup link makes one.',
  setupWhere:
    'Open the link that the service printed at its first start: in the terminal where chartlift serve runs, or in its log, on the line “first sign-in”.',
  setupAgain: 'It works once, for a day. Restart the service and it prints a new one.',
  pasteLink: 'Setup link',
  pasteLinkHelp: 'Copied it? Paste it here.',
  pasteLinkWrong: 'This is no setup link: it ends in #token= and a long text.',
  goOn: 'Go on',

  setup: 'Create the administrator',
  setupLead: 'This is your account. As the first one it can do everything here, and add others.',
  name: 'Name',
  namePlaceholder: 'Ada Lovelace',
  emailPlaceholder: 'you@example.com',
  create: 'Create and sign in',
  setupDone: 'This installation is set up',
  setupDoneHelp: 'It has its administrator. Sign in, or ask them for an invitation.',
  otherLink: 'Use another link',
  toSignIn: 'Go to sign in',

  invitation: 'Set your password',
  invitationLead:
    'Somebody added you to this chartlift. Choose the password that you sign in with.',
  setPassword: 'Set password',
  invitationMissing: 'The invitation is not whole',
  invitationMissingHelp:
    'Open the link as you got it, with everything behind the #. If it still does not work, ask an administrator for a new one.',
  invitationSet: 'Your password is set',
  invitationSetLead: 'Sign in with your e-mail and your new password.',
  invitationUsed: 'Have you set your password already?',

  newPassword: 'Password',
  passwordRule: (least: number) => `${least} characters or more. A phrase of a few words is best.`,
  passwordTooShort: (least: number) => `It needs ${least} characters or more.`,
  passwordShort: (more: number) =>
    more === 1 ? 'One character more is needed' : `${more} characters more are needed`,
  passwordLong: (most: number) => `At most ${most} characters`,
  strength: { enough: 'Long enough', good: 'Good length', strong: 'Very good length' },
  fieldProblem: (field: string, problem: string) => `${field} ${problem}`,
} as const;
